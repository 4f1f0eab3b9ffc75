import { DIALECTS } from '../../glob/dialects.ts';
import { toGlob } from '../../glob/glob.ts';

/** A line of a `.gitignore`: the pattern for paths from its folder, whether it is for folders alone, and whether it keeps them. */
type Rule = { pattern: string; foldersOnly: boolean; keeps: boolean };

/** Reads a line as git does: a slash in front or in the middle holds it to the folder, without one it counts at any depth. */
function readRule(line: string): Rule | undefined {
  const said = line.replace(/\r$/, '').replace(/(?<=(?:^|[^\\])(?:\\\\)*) +$/, '');
  if (said === '' || said.startsWith('#') || said.length > DIALECTS.ignoreRules.longest) return undefined;
  const keeps = said.startsWith('!');
  const [, slash, path = '', end] = /^(\/?)([^]*?)(\/?)$/.exec(keeps ? said.slice(1) : said) ?? [];
  if (path === '') return undefined;
  const isHeld = slash !== '' || path.includes('/');
  return { pattern: isHeld ? path : `**/${path}`, foldersOnly: end !== '', keeps };
}

/** Reads a `.gitignore`: says of a path from its folder whether it is ignored or kept; undefined where no line is about it. */
export function readIgnoreRules(text: string): (path: string, isFolder: boolean) => boolean | undefined {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line) => readRule(line) ?? []);
  // The last line that matches decides, and the lines for folders alone are none for a file.
  const compile = (some: readonly Rule[]) => {
    const glob = toGlob(
      some.map(({ pattern }) => pattern),
      DIALECTS.ignoreRules,
    );
    return (path: string): boolean | undefined => {
      const last = glob.lastMatch(path);
      return last === undefined ? undefined : some[last]?.keeps === false;
    };
  };
  const [forFolders, forFiles] = [compile(rules), compile(rules.filter(({ foldersOnly }) => !foldersOnly))];
  return (path, isFolder) => (isFolder ? forFolders : forFiles)(path);
}
