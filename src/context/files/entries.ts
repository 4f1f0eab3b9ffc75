import { Failure } from '../../core/errors.ts';
import { find, type Gate, wrongWithAll } from '../gate/gate.ts';
import { linesAfter } from './selector.ts';

/** Entries of `files` in one call. */
const MOST_ENTRIES = 200;

/** One entry of `files`, and the agent that brings it along, if one does: who calls an agent does not know its files. */
export type Entry = { said: string; agent?: string };

/** The agents that bring entries of `files` along, by entry. */
export type Bringers = ReadonlyMap<string, string>;

/** The names in a text with commas or line breaks between them; braces, brackets and parentheses hold commas of their own. */
function namesIn(said: string): string[] {
  const pieces: string[] = [''];
  let depth = 0;
  for (const char of said) {
    if ('{[('.includes(char)) depth += 1;
    if ('}])'.includes(char)) depth = Math.max(0, depth - 1);
    const last = pieces.length - 1;
    if (char === '\n' || (char === ',' && depth === 0)) pieces.push('');
    else pieces[last] = (pieces[last] ?? '') + char;
  }
  const names: string[] = [];
  for (const piece of pieces.map((one) => one.trim()).filter((one) => one !== '')) {
    // `a.ts:1-5,20-30` names lines of one file.
    const [, path] = /^(.+):\d+(?:-\d*)?$/.exec(names.at(-1) ?? '') ?? [];
    names.push(/^\d+(?:-\d*)?$/.test(piece) && path !== undefined ? `${path}:${piece}` : piece);
  }
  return names;
}

/** An entry as several, where it holds a list and nothing is there that has the whole as its name. */
async function separate(gate: Gate, said: string): Promise<string[]> {
  const names = namesIn(said);
  if (names.length < 2 || gate.roots.length === 0) return [said];
  for (const { path } of [{ path: said }, ...linesAfter(said)])
    if (wrongWithAll(gate, path) === undefined && (await find(gate, path)) !== undefined) return [said];
  return names;
}

/**
 * The entries of `files` in two: what is wanted, and what is left out (without its `!`). `diff`: whether a diff goes along, of which
 * something can be left out, too.
 */
export async function readEntries(
  gate: Gate,
  files: readonly string[],
  { diff, bringers }: { diff: boolean; bringers?: Bringers | undefined },
): Promise<{ wanted: Entry[]; unwanted: string[] }> {
  // The caller may name the same again, and then means it from where the caller stands.
  const brought = new Map(bringers);
  const all: Entry[] = [];
  for (const said of files) {
    const agent = brought.get(said);
    brought.delete(said);
    for (const one of await separate(gate, said)) all.push({ said: one, ...(agent !== undefined && { agent }) });
  }
  if (all.length > MOST_ENTRIES) {
    throw new Failure('input', `files has ${all.length} entries: name at most ${MOST_ENTRIES}, or use patterns like src/**/*.ts`);
  }
  const isUnwanted = ({ said }: Entry): boolean => said.trimStart().startsWith('!');
  const wanted = all.filter((one) => !isUnwanted(one));
  if (wanted.length === 0 && all.length > 0 && !diff) {
    throw new Failure('input', 'files holds only exclusions (!): name first what is to be sent, like src/**/*.ts');
  }
  return { wanted, unwanted: all.filter(isUnwanted).map(({ said }) => said.trimStart().slice(1)) };
}
