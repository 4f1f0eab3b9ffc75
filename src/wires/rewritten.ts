import type { Ask, Rewrite } from '../core/chat.ts';
import { without } from './body.ts';
import type { Json } from './read.ts';

/** What `fit` does for every wire. */
export const WORDS_REWRITTEN: readonly Rewrite[] = ['schema in words', 'system in turn'];

const OTHER_LIMIT: Readonly<Record<string, string>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

/** What becomes of a flat body. */
const WAYS: Partial<Record<Rewrite, (body: Json) => Json>> = {
  // Only a stream takes options.
  unstreamed: (body) => ({ ...without(body, ['stream_options']), stream: false }),
  'usage unasked': (body) => without(body, ['stream_options']),
  unstored: (body) => without(body, ['store']),
  'other limit field': (body) =>
    Object.fromEntries(Object.entries(body).map(([name, value]) => [OTHER_LIMIT[name] ?? name, value])),
};

/** A body written otherwise than at first, as far as the ask says so. The order of fields stays. Pure. */
export const rewritten = ({ rewrites = [] }: Ask, body: Json): Record<string, unknown> => ({
  ...rewrites.reduce((sofar, one) => WAYS[one]?.(sofar) ?? sofar, body),
});
