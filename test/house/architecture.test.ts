import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/providers/index.ts';
import { sourceFiles } from '../support/source.ts';
import { MAY_IMPORT, PACKAGES, partOf } from './parts.ts';

/** Of what the tools print the command line may import nothing but how failures are told. */
const ONLY_FILE: Record<string, string> = { 'cli.ts > tools/render': 'tools/render/failure.ts' };

const MOST_LINES = 250;

const files = sourceFiles();
const packageOf = (said: string): string =>
  said.startsWith('node:')
    ? said
    : said
        .split('/')
        .slice(0, said.startsWith('@') ? 2 : 1)
        .join('/');

/** Every import that leaves its part: which file has it, from which part into which. */
const crossings = files.flatMap(({ path, imports }) =>
  imports.flatMap(({ path: target, said, typeOnly }) => {
    const [from, to] = [partOf(path), target === undefined ? undefined : partOf(target)];
    return target === undefined || to === undefined || to === from || to === '..'
      ? []
      : [{ path, said, typeOnly, target, from, to }];
  }),
);

describe('the architecture', () => {
  it('knows every part of src', () => {
    expect([...new Set(files.map(({ path }) => partOf(path)))].toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted());
  });

  it.each(Object.entries(MAY_IMPORT))('lets %s import %j and no other part', (part, allowed) => {
    const strays = crossings
      .filter(({ from, to, typeOnly }) => from === part && !allowed.includes(to) && !(typeOnly && allowed.includes(`(${to})`)))
      .map(({ path, said }) => `${path} imports ${said}`);
    expect(strays).toEqual([]);
  });

  it.each(Object.entries(ONLY_FILE))('of %s lets through only %s', (crossing, file) => {
    const reached = crossings.filter(({ from, to }) => `${from} > ${to}` === crossing).map(({ target }) => target);
    expect(reached.filter((target) => target !== file)).toEqual([]);
  });

  it.each(Object.keys(MAY_IMPORT).map((part) => [part, PACKAGES[part] ?? []] as const))(
    'lets %s import of packages only %j',
    (part, allowed) => {
      const strays = files
        .filter(({ path }) => partOf(path) === part)
        .flatMap(({ path, imports }) =>
          imports
            .filter(({ said }) => !said.startsWith('.') && !allowed.includes(packageOf(said)))
            .map(({ said }) => `${path} imports ${said}`),
        );
      expect(strays).toEqual([]);
    },
  );

  it('names every import of every file, so that none escapes the table', () => {
    const said = files.flatMap(({ imports }) => imports);
    const written = files.flatMap(({ code }) => code.match(/\bfrom '|\bimport\('|^import '/gm) ?? []);
    expect(said).toHaveLength(written.length);
  });

  it('lets nobody but cli.ts touch the process', () => {
    const touching = files.filter(({ code }) => /\bprocess\b\s*[.[]|node:process/.test(code)).map(({ path }) => path);
    expect(touching).toEqual(['cli.ts']);
  });

  it('has no console', () => {
    expect(files.filter(({ code }) => /(?<![/.\w])console\s*[.[]/.test(code)).map(({ path }) => path)).toEqual([]);
  });

  it(`has no file of more than ${MOST_LINES} lines`, () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });

  it('names no provider outside of the rows, the catalogue and the routing table', () => {
    const elsewhere = files.filter(({ path }) => !/^(?:providers|routing\/tasks\.ts|tools\/hosts\.ts)/.test(path));
    const ids = PROVIDERS.map(({ id }) => id).join('|');
    const branching = elsewhere.filter(({ code }) => new RegExp(`(?:===|!==|case) '(?:${ids})'`).test(code));
    expect(branching.map(({ path }) => path)).toEqual([]);
  });
});
