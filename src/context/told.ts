/** What stands before everything that goes along from the user's machine. */
export const PREAMBLE = 'Files and changes from the user. Lines are numbered; cite them as path:line.';

/** What goes before a list of what was asked for and does not go along. */
export const NOT_INCLUDED = 'Not included:';

const HEADERS = [/^=== (.+) \((?:[\d,]+ lines?|lines \d+-\d+ of \d+)\) ===$/, /^diff --git a\/(.+) b\/\1$/];

/**
 * The files whose contents stand in a text that went along earlier, by the headers over them. Lines of files are numbered and lines
 * of diffs have a sign, so none of them passes for a header.
 */
export function filesToldIn(text: string): string[] {
  if (!text.startsWith(PREAMBLE)) return [];
  const names = text.split('\n').flatMap((line) => HEADERS.map((header) => header.exec(line)?.[1]).find(Boolean) ?? []);
  return [...new Set(names)];
}
