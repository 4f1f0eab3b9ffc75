import { clip, oneLine } from '../../core/text.ts';

/** Why git failed, and what helps, as two parts of a sentence. */
export type GitTrouble = { what: string; remedy: string };

/** The most of git's own words that are shown. */
const MOST_SAID = 240;

/** Of a setting's value git tells all, and a repository may include a file that is none of it. */
const VALUE = /(\bvalue) '[^']*'/g;

/** The line in which git says why it failed, with the lines that belong to it; empty where it said nothing. */
export function wordsOf(error: string): string {
  const all = error.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint: '));
  const plain = all.filter((line) => !line.startsWith('warning: '));
  const lines = plain.length === 0 ? all : plain;
  const at = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('fatal: ')),
  );
  const [first = '', ...more] = lines.slice(at);
  const follows = more.findIndex((line) => !line.startsWith('\t'));
  const said = [first.replace(/^(?:fatal|error|warning): /, ''), ...(follows === -1 ? more : more.slice(0, follows))].join(' ');
  return clip(oneLine(said).replaceAll(VALUE, "$1 '…'"), MOST_SAID);
}

/** Git's own words, told as such. */
export const quoted = (error: string): string => {
  const said = wordsOf(error);
  return said === '' ? 'git says nothing of why' : `git says: “${said}”`;
};

/** How a shallow checkout gets the rest of its history. */
export const DEEPEN = 'git fetch --unshallow brings the rest of the history (in CI: a checkout with fetch-depth: 0)';

/** What git's words mean, by what it says; the first that fits. */
const KNOWN: readonly { says: RegExp; what: string; remedy: string }[] = [
  {
    says: /unknown repository extension|expected git repo version|unsupported index version/i,
    what: 'the repository was made by a newer git than the one on the PATH',
    remedy: 'update git',
  },
  {
    says: /promisor|lazy fetch|could not fetch/i,
    what: 'this is a partial clone, and what is compared was never fetched',
    remedy: 'let git fetch it, as git diff does when you run it yourself',
  },
  {
    says: /unable to (?:read|unpack)|bad object|missing (?:blob|tree|commit)|loose object|is corrupt|inflate/i,
    what: 'something that is compared is missing in the repository or damaged',
    remedy: 'git fsck says more, and git fetch may bring it',
  },
  {
    says: /index file|bad signature|bad index/i,
    what: 'the index of the work tree is damaged',
    remedy: 'git status says more, and git reset writes a new one',
  },
  { says: /bad config|config file/i, what: 'its settings cannot be read', remedy: 'correct them, as git status asks there' },
  {
    says: /must be run in a work tree/,
    what: 'it is a bare repository, which has no files',
    remedy: 'name a folder in which a branch of it is checked out',
  },
  {
    says: /not a git repository|invalid gitfile format/,
    what: 'its .git leads to no repository, as when one was moved',
    remedy: 'git worktree repair mends a work tree that was moved',
  },
  { says: /\.lock|File exists/, what: 'another git is at work there', remedy: 'call again when it is done' },
  { says: /permission denied|not permitted/i, what: 'something of it may not be read', remedy: 'check its permissions' },
];

/** Says what a failure of git means; one that is not known is told in git's own words. */
export function troubleIn(error: string): GitTrouble {
  const known = KNOWN.find(({ says }) => says.test(error));
  return known === undefined
    ? { what: quoted(error), remedy: 'run the same git command there to see more' }
    : { what: `${known.what} (${quoted(error)})`, remedy: known.remedy };
}
