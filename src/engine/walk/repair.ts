import { type Agent, askFor } from '../../core/agent.ts';
import type { Ask, Note, Rewrite } from '../../core/chat.ts';
import type { Failure, FailureKind } from '../../core/errors.ts';

/** The request written anew after a refusal, and what the reader should know of it. */
export type Repair = { ask: Ask; notes: Note[]; /** It leaves out what the caller asked for. */ takes: boolean };

/** Ways to write a request anew that take nothing from the caller, by what a vendor's refusal names. */
type Way = { rewrite: Rewrite; words: RegExp; unless?: (ask: Ask) => boolean; note?: Note };

// What an organisation may not use before it is verified is as good as unsupported.
const REFUSED: ReadonlySet<FailureKind> = new Set(['bad_request', 'unsupported', 'forbidden']);

/** Words of a vendor that does not know a field, as against one that objects to its value. */
const UNKNOWN_FIELD =
  /unsupported|not supported|unknown|unrecognized|unexpected|not permitted|not allowed|extra (?:inputs|fields)|instead|deprecated|cannot find|invalid (?:parameter|field|argument)/i;

const SYSTEM =
  /(?:system|developer)[ _-]?(?:role|message|prompt|instruction|turn)|\brole\b.{0,60}\b(?:system|developer)\b|\b(?:system|developer)\b.{0,80}\brole\b|roles? must alternate|only user and assistant roles|^instructions$/i;

/** A schema is never left out: it is told in words instead, and the answer held against it. */
const IN_WORDS: Note = {
  param: 'json_schema',
  asked: 'sent in words',
  sent: 'sent in words',
  why: 'the provider refused it as a parameter, so the call was made again',
};

const IN_TURN: Note = {
  param: 'system',
  asked: 'sent with the prompt',
  sent: 'sent with the prompt',
  why: 'the provider takes no system prompt for this model',
};

const STORED: Note = { param: 'store', asked: 'false', sent: null, why: 'the provider refused it, and may keep the request' };

const WAYS: readonly Way[] = [
  { rewrite: 'usage unasked', words: /stream_options|include_usage/i },
  { rewrite: 'unstreamed', words: /\bstream(?:ed|ing)?\b/i },
  { rewrite: 'unstored', words: /\bstore\b/, note: STORED },
  { rewrite: 'cache unmarked', words: /cache_?control|cachePoint|prompt caching/i },
  { rewrite: 'other limit field', words: /\bmax_(?:completion_)?tokens\b/i },
  {
    rewrite: 'schema in words',
    words:
      /response[_ ]?(?:format|json|mime|schema)|\bjson\b|schema|structured|text\.format|output_?(?:config\.)?format|grammar|guided_|too many states/i,
    unless: ({ schema }) => schema === undefined,
    note: IN_WORDS,
  },
  { rewrite: 'system in turn', words: SYSTEM, note: IN_TURN },
];

type Field = 'temperature' | 'maxTokens' | 'thinkingSummary' | 'effort';

/** What vendors call the fields that a caller asks for, by the words that their errors name. */
const ASKED: readonly { field: Field; param: string; words: RegExp }[] = [
  { field: 'temperature', param: 'temperature', words: /temperature/i },
  { field: 'maxTokens', param: 'max_tokens', words: /max_?(?:completion|output|new)?_?tokens/i },
  { field: 'thinkingSummary', param: 'thinking_summary', words: /summary|include_?thoughts|display/i },
  { field: 'effort', param: 'reasoning_effort', words: /reasoning|thinking|effort|budget_tokens/i },
];

type Objection = { named: string; failure: Failure };

function rewriting(ask: Ask, { named, failure: { kind, facts } }: Objection, can: readonly Rewrite[]): Repair | undefined {
  const { rewrites = [] } = ask;
  const isUnknown = kind === 'unsupported' || UNKNOWN_FIELD.test(facts.vendorSaid ?? '');
  if (!REFUSED.has(kind)) return undefined;
  const way = WAYS.filter(({ rewrite }) => can.includes(rewrite) && !rewrites.includes(rewrite))
    .filter(({ rewrite }) => rewrite !== 'other limit field' || isUnknown)
    .find(({ words, unless }) => words.test(named) && !unless?.(ask));
  if (way === undefined) return undefined;
  return { ask: { ...ask, rewrites: [...rewrites, way.rewrite] }, notes: way.note === undefined ? [] : [way.note], takes: false };
}

/** The ask without one of its fields, whether the call itself or the profile of the agent sets it. */
function withoutField(ask: Ask, field: Field): Ask {
  const { [field]: _, omit = [], ...rest } = ask;
  return field === 'thinkingSummary' ? { ...rest, ...(omit.length === 0 ? {} : { omit }) } : { ...rest, omit: [...omit, field] };
}

function withoutAsked(ask: Ask, { named, failure: { kind } }: Objection, agent: Agent | undefined): Repair | undefined {
  const whole = askFor(agent === undefined ? {} : { agent }, ask);
  const found = ASKED.find(({ field, words }) => whole[field] !== undefined && words.test(named));
  if (found === undefined || !REFUSED.has(kind)) return undefined;
  const asked = String(whole[found.field]);
  const why = 'the provider refused it, so the call was made again without';
  return { ask: withoutField(ask, found.field), notes: [{ param: found.param, asked, sent: null, why }], takes: true };
}

/**
 * The ask written anew after a refusal: with a field of ours renamed, told elsewhere or left out, else without the parameter of
 * the caller's that the vendor objects to, and Notes that say so; undefined when the objection is to nothing that could change.
 * `can`: in which ways the wire can write it; `agent`: by whose profile it is asked. Pure.
 */
export function repaired(ask: Ask, failure: Failure, can: readonly Rewrite[], agent?: Agent): Repair | undefined {
  const { param, vendorSaid } = failure.facts;
  // A parameter that is named says more than the sentence around it.
  const objections = [param, vendorSaid].flatMap((named) => (named === undefined ? [] : [{ named, failure }]));
  return objections
    .map((objection) => rewriting(ask, objection, can) ?? withoutAsked(ask, objection, agent))
    .find((repair) => repair !== undefined);
}

/** What the reader should know of a request that is written otherwise from the start, because its model has refused it before. */
export const notesOf = (rewrites: readonly Rewrite[]): Note[] =>
  WAYS.flatMap(({ rewrite, note }) => (note !== undefined && rewrites.includes(rewrite) ? [note] : []));
