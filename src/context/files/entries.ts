import { Failure } from '../../core/errors.ts';

/** Entries of `files` in one call. */
const MOST_ENTRIES = 200;

/**
 * The entries of `files` in two: what is wanted, and what is left out (without its `!`). `diff`: whether a diff goes along, of which
 * something can be left out, too.
 */
export function readEntries(files: readonly string[], diff: boolean): { wanted: string[]; unwanted: string[] } {
  if (files.length > MOST_ENTRIES) {
    throw new Failure(
      'input',
      `files has ${files.length} entries: name at most ${MOST_ENTRIES}, or use patterns like src/**/*.ts`,
    );
  }
  const wanted = files.filter((said) => !said.startsWith('!'));
  if (wanted.length === 0 && files.length > 0 && !diff) {
    throw new Failure('input', 'files holds only exclusions (!): name first what is to be sent, like src/**/*.ts');
  }
  return { wanted, unwanted: files.filter((said) => said.startsWith('!')).map((said) => said.slice(1)) };
}
