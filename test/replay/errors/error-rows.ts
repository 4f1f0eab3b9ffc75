import type { FailureKind } from '../../../src/core/errors.ts';
import type { Expected, ReplayRow } from '../replay-row.ts';

/** What of an error is not as its kind usually is, and what of the call matters for it. */
type Beside = Pick<ReplayRow, 'model' | 'ask' | 'later' | 'wire'> &
  Pick<Expected, 'asks' | 'notes' | 'never'> & { remedy?: RegExp; headers?: Record<string, string> };

/** One error: what it is about, its status and body, the kind that it is, and words of the vendor's that have to be quoted. */
export type ToldError = readonly [
  what: string,
  status: number,
  body: unknown,
  kind: FailureKind,
  quoted: string,
  beside?: Beside,
];

/** What the reader is told to do after a failure of each kind, where a row says nothing else. */
const REMEDY: Partial<Record<FailureKind, RegExp>> = {
  auth: /check it at the provider’s console, and that it is one for/,
  no_credit: /add credit or raise the plan at the provider/i,
  forbidden: /the key lacks the right to this model or region/i,
  not_found: /list_models shows (?:what can be called now|more)/i,
  bad_request: /change the parameter that the provider names/i,
  unsupported: /leave the parameter out or name another model/i,
  too_long: /shorten the prompt or name a model with a larger context/i,
  refused: /reword the request or name another model/i,
  rate_limited: /wait, or name another model/i,
  overloaded: /try again in a moment, or name another model/i,
  upstream: /try again, or name another model/i,
};

/** Kinds that may be over in a moment: with default retries the vendor is asked twice more. */
const PASSING: ReadonlySet<FailureKind> = new Set(['rate_limited', 'overloaded', 'upstream', 'network']);

/** The rows of one vendor's errors. */
export const errorRows = (vendor: string, provider: string, errors: readonly ToldError[]): ReplayRow[] =>
  errors.map(([what, status, body, kind, quoted, beside = {}]) => {
    const { asks, remedy = REMEDY[kind], notes = [], never, headers, ...call } = beside;
    return {
      vendor,
      provider,
      what,
      ...call,
      reply: { status, body, ...(headers === undefined ? {} : { headers }) },
      expect: {
        kind,
        asks: asks ?? (PASSING.has(kind) ? 3 : 1),
        notes: [quoted, ...notes],
        // A remedy begins a sentence or ends one.
        ...(remedy === undefined ? {} : { remedy: new RegExp(remedy, 'i') }),
        ...(never === undefined ? {} : { never }),
      },
    };
  });

/** An error as OpenAI and most of its followers write it. */
export const told = (message: string, more: object = {}): object => ({ error: { message, ...more } });

/** A wait that is as short as any: what is waited for is not what is looked at. */
export const SOON = 'try again in 20ms';
