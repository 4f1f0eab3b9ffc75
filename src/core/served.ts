import { clip, oneLine } from './text.ts';

/** An id as ids are, in any script: a vendor's own word for what served must not pass for a sentence of ours. */
const ID = /^[\p{L}\p{M}\p{N}_.:/\\@+~,()=# -]+$/u;
const MOST_CHARACTERS = 200;

/** The model id that a vendor says it served, fit to be shown; undefined where it is no id. */
export function servedId(said: string): string | undefined {
  const id = clip(oneLine(said.slice(0, 2 * MOST_CHARACTERS)), MOST_CHARACTERS).replace(/…$/, '');
  return ID.test(id) ? id : undefined;
}

/** Dates at which a model was published, as vendors add them to its id. */
const DATE = /[-@.]?(?:20\d{2}-?[01]\d-?[0-3]\d|20\d{2}-[01]\d|\d{2}-\d{4}|\d{2}-\d{2}|\d{4})(?=$|[-@:])/g;

/** Words in an id that say nothing of which model it is. */
const NOISE: ReadonlySet<string> = new Set(['', 'latest', 'preview', 'exp', 'models', 'model', 'gguf', 'instruct', 'it', 'chat']);

/** Ids with which the choice is the vendor's. */
const CHOOSES = /(?:^|[-_/:.])(?:auto|latest|router|default|best)(?:$|[-_/:.])/i;

/** The words that say which model an id names: makers, dates and versions of the server fall away. */
function wordsOf(id: string): string {
  const own = id.toLowerCase().split(/[/\\]/).at(-1) ?? '';
  // A variant of a model that belongs to a maker: `:free`, `:groq`. Without a maker it is a size: `:7b`.
  const bare = /[/]/.test(id) ? own.replace(/:[^:]*$/, '') : own;
  const words = bare.replaceAll(DATE, '').split(/[-_.:@ ]+/);
  return words
    .filter((word) => !NOISE.has(word) && !/^(?:v\d+|fp\d+|bf16|int\d|awq|gptq|q\d\w*)$/.test(word))
    .toSorted()
    .join(' ');
}

/**
 * Tells whether the model that a vendor says it served is the one that was asked for: with a date or a maker more, in another
 * order, or chosen by the vendor because the id says so.
 */
export const isSameModel = (asked: string, served: string): boolean => CHOOSES.test(asked) || wordsOf(asked) === wordsOf(served);
