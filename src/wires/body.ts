import { type Json, num, obj } from './read.ts';

/** What a wire knows of the bodies that it writes, whatever a user's `extra_body` put into them. */
export type BodyFacts = {
  /** How long the answer may be, in tokens: the largest where several fields say it; undefined: as long as the model likes. Pure. */
  outputLimit: (body: Json) => number | undefined;
  /** The body without the conversation, which whoever asks has already. Pure. */
  parameters: (body: Json) => Json;
};

/** The largest number above 0 under any of these names in any of these tables. */
export function largestOf(tables: readonly unknown[], names: readonly string[]): number | undefined {
  const limits = tables.flatMap((table) => names.map((name) => num(obj(table)[name]) ?? 0)).filter((limit) => limit > 0);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** The names under which vendors and servers take how many answers they are to give to one request. */
const ANSWERS = [
  'n',
  'best_of',
  'candidateCount',
  'candidate_count',
  'num_return_sequences',
  'num_generations',
  'num_completions',
  'num_samples',
  'numResults',
];

/** How many answers a request asks for: each is billed. Looked for in the body and in the tables right in it. Pure. */
export const answersIn = (body: Json): number => Math.ceil(largestOf([body, ...Object.values(body)], ANSWERS) ?? 1);

export const without = (body: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

/** For protocols whose bodies are flat: the fields that bound the answer, and those that hold the conversation. */
export const flatBody = (limits: readonly string[], conversation: readonly string[]): BodyFacts => ({
  outputLimit: (body) => largestOf([body], limits),
  parameters: (body) => without(body, conversation),
});
