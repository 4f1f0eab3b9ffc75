/** How a pattern is written and what it may hold. */
export type Dialect = {
  /** Paths: `*` and `?` stop at a slash, and `**` stands for folders. In names they take slashes like any other character. */
  isPath: boolean;
  ignoreCase: boolean;
  /** `{a,b}` and `{1..9}` stand for several texts. */
  braces: boolean;
  /** A `!` in front stands for everything else. */
  negates: boolean;
  /** The most characters of a pattern. */
  longest: number;
  /** How many `*`, `?` and `**` a pattern may have: in all, in one name between slashes, and of `**`. */
  wildcards?: { all: number; inName: number; folders: number };
};

/** Braces within braces, at the most. */
export const DEEPEST = 4;

/** A pattern that a person or a caller writes: none that is read again needs more characters. */
const WRITTEN = 300;

/**
 * Three kinds of patterns: of files, as callers name them; of names such as `provider/model`, whose ids are full of slashes; and
 * the lines of a `.gitignore`, which are as long as paths may be.
 */
export const DIALECTS = {
  files: {
    isPath: true,
    ignoreCase: false,
    braces: true,
    negates: false,
    longest: WRITTEN,
    // Matching takes no longer for more of them. But a pattern that has more is a slip, or its writer's trick.
    wildcards: { all: 24, inName: 6, folders: 8 },
  },
  names: { isPath: false, ignoreCase: true, braces: true, negates: true, longest: WRITTEN },
  ignoreRules: { isPath: true, ignoreCase: false, braces: false, negates: false, longest: 4096 },
} as const satisfies Record<string, Dialect>;

const wildcardsIn = (text: string): number => (text.match(/\*\*|[*?]/g) ?? []).length;

function depthOf(pattern: string): number {
  let [depth, deepest] = [0, 0];
  for (const char of pattern) {
    if (char === '{') depth += 1;
    if (char === '}') depth = Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Says what is wrong with a pattern, to follow its name in a sentence (`has more than 8 "**"`); undefined where nothing is. */
export function wrongWithGlob(pattern: string, { longest, wildcards, braces, negates }: Dialect): string | undefined {
  if (pattern.length > longest) return `is longer than ${longest} characters`;
  if (braces && depthOf(pattern) > DEEPEST) return `has braces in braces, more than ${DEEPEST} deep`;
  const extended = /[@+*?!]\(/.exec(pattern)?.[0];
  if (negates && extended !== undefined) return `holds "${extended}", which is not read here: write a choice as {a,b}`;
  if (wildcards === undefined) return undefined;
  const { all, inName, folders } = wildcards;
  if ((pattern.match(/\*\*/g) ?? []).length > folders) return `has more than ${folders} wildcards "**"`;
  if (wildcardsIn(pattern) > all) return `has more than ${all} wildcards`;
  return pattern.split('/').some((name) => wildcardsIn(name) > inName)
    ? `has more than ${inName} wildcards in one name`
    : undefined;
}
