import leven from 'leven';

/** A name that may have been meant. */
export type Candidate = {
  /** What is suggested. */
  name: string;
  /** What people write when they mean it, in any spelling. */
  spellings: readonly string[];
  /** The names of whoever serves it, where one may come before a slash. */
  providers: readonly string[];
  /** How much less it is to be suggested than an equally near one. */
  penalty: number;
};

/** `GPT-5`, `gpt_5` and `gpt5` are one spelling. */
const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

const afterSlash = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

/** Whether the letters of `asked` stand in `spelling` in that order. */
function hasLettersOf(asked: string, spelling: string): boolean {
  let at = 0;
  for (const letter of spelling) if (letter === asked[at]) at += 1;
  return at === asked.length;
}

/** Whether what was asked stands in the name from the beginning of one of its words: `opus` in `claude-opus`, `nope` not in `openai`. */
function standsIn(asked: string, written: string): boolean {
  const words = written.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.some((_, at) => plain(words.slice(at).join('')).startsWith(asked));
}

/**
 * Edits from one plain spelling to the other. A name that contains what was written is near, the shorter the nearer: people
 * leave out sizes, dates and `preview`. Of short names too many contain the letters for that to mean anything.
 */
function distance(asked: string, written: string): number {
  const spelling = plain(written);
  const extra = spelling.length - asked.length;
  if (extra > 0 && asked.length >= 3 && standsIn(asked, written)) return 0.5 + extra / 10;
  if (extra > 0 && extra <= asked.length && asked.length >= 6 && hasLettersOf(asked, spelling)) return 1 + extra / 8;
  const edits = leven(asked, spelling);
  return edits <= Math.max(2, Math.min(asked.length, spelling.length) * 0.4) ? edits : Number.POSITIVE_INFINITY;
}

const least = (asked: string, spellings: readonly string[]): number =>
  Math.min(...spellings.map((spelling) => distance(plain(asked), spelling)));

/** A wrong provider before the right model counts half: the model is what was wanted. */
function score(asked: string, { spellings, providers }: Candidate): number {
  const whole = least(asked, spellings);
  const slash = asked.indexOf('/');
  if (slash < 0 || providers.length === 0) return whole;
  return Math.min(whole, least(asked.slice(0, slash), providers) / 2 + least(asked.slice(slash + 1), spellings));
}

/** At most so many models are suggested. */
const MAX_SUGGESTIONS = 3;

/** The names nearest to what was asked, each model once; none where nothing is near. */
export function suggestModels(asked: string, candidates: readonly Candidate[]): string[] {
  const near = candidates.flatMap((candidate) => {
    const far = score(asked, candidate);
    return Number.isFinite(far) ? [{ name: candidate.name, rank: far + candidate.penalty }] : [];
  });
  // Of equals the newer: a higher version sorts behind a lower one.
  near.sort((a, b) => a.rank - b.rank || b.name.localeCompare(a.name, 'en', { numeric: true }));
  const once = new Map<string, string>();
  for (const { name } of near) {
    const model = plain(afterSlash(name));
    if (!once.has(model)) once.set(model, name);
  }
  return [...once.values()].slice(0, MAX_SUGGESTIONS);
}
