import type { Expected, Recorded, ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';

/** One chunk of a chat, as most vendors write it. */
export const chunk = (delta: object, finish: string | null = null, rest: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_793_491_200,
  model: 'sim-1',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...rest,
});

/** A chunk of nothing but counts. */
export const counted = (usage: object): object => ({ ...chunk({}), choices: [], usage });

/** A stream to its end. */
export const stream = (...chunks: readonly (object | string)[]): Recorded => ({ events: sse(...chunks, '[DONE]') });

/** A chat in one body. */
export const whole = (message: object, finish: string | null, rest: object = {}): Recorded => ({
  body: {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_793_491_200,
    model: 'sim-1',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
    ...rest,
  },
});

/** Plain counts without details. */
export const TOKENS = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };

/** The same in our terms. */
export const USAGE = { input: 12, output: 5 };

/** The answer of nearly all of the rows. */
export const ANSWER = 'Six times seven is 42.';

type Short = readonly [what: string, reply: Recorded, expect: Expected, more?: Partial<ReplayRow>];

/** Rows of one vendor, written short. */
export const answerRows = (vendor: string, provider: string, rows: readonly Short[]): ReplayRow[] =>
  rows.map(([what, reply, expect, more = {}]) => ({ vendor, provider, what, reply, expect, ...more }));
