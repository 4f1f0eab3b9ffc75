import { describe, expect, it } from 'vitest';
import { DIALECTS, wrongWithGlob } from '../../src/glob/dialects.ts';
import { isNamedBy, toGlob } from '../../src/glob/glob.ts';

const finds = (pattern: string, paths: readonly string[]): string[] => paths.filter(toGlob([pattern], DIALECTS.files).matches);

const PATHS = [
  'a.ts',
  'src/a.ts',
  'src/b.tsx',
  'src/deep/c.ts',
  'src/.d.ts',
  'test/a.ts',
  'src',
  '[id].ts',
  'part-9.md',
  'part-10.md',
];

describe('a pattern of files', () => {
  it.each([
    ['*.ts', ['a.ts', '[id].ts']],
    ['**/*.ts', ['a.ts', 'src/a.ts', 'src/deep/c.ts', 'src/.d.ts', 'test/a.ts', '[id].ts']],
    ['src/**', ['src/a.ts', 'src/b.tsx', 'src/deep/c.ts', 'src/.d.ts']],
    ['src/**/c.ts', ['src/deep/c.ts']],
    ['src/**/a.ts', ['src/a.ts']],
    ['{src,test}/*.{ts,tsx}', ['src/a.ts', 'src/b.tsx', 'src/.d.ts', 'test/a.ts']],
    ['{src/{a,b},test/a}.ts{,x}', ['src/a.ts', 'src/b.tsx', 'test/a.ts']],
    ['{**/c,a}.ts', ['a.ts', 'src/deep/c.ts']],
    ['**/[a-b].ts?', ['src/b.tsx']],
    ['**/[!a].ts', ['src/deep/c.ts']],
    ['part-{8..10}.md', ['part-9.md', 'part-10.md']],
    ['part-[0-9][0-9].md', ['part-10.md']],
    ['\\[id\\].ts', ['[id].ts']],
    ['[[]id[]].ts', ['[id].ts']],
    ['s**c', ['src']],
    ['src?a.ts', []],
    ['src[/]a.ts', []],
    ['{src', []],
    ['', []],
  ])('%s', (pattern, found) => {
    expect(finds(pattern, PATHS)).toEqual(found);
  });

  it('takes what closes nowhere, and braces with one choice, for what they are in names', () => {
    expect(finds('{a}', ['{a}', 'a'])).toEqual(['{a}']);
    expect(finds('a{b', ['a{b'])).toEqual(['a{b']);
    expect(finds('a[b', ['a[b'])).toEqual(['a[b']);
    expect(finds('{a,b', ['{a,b', 'a'])).toEqual(['{a,b']);
    expect(finds('a}b,{c,d}', ['a}b,c'])).toEqual(['a}b,c']);
  });

  it.each([
    ['src/*.ts', 'src', true],
    ['src/*.ts', 'src/deep', false],
    ['src/*.ts', 'test', false],
    ['*.ts', 'src', false],
    ['**/*.ts', 'src/deep', true],
    ['{a,src/**}/b', 'src/any/where', true],
  ])('%s may match in %s: %s', (pattern, folder, may) => {
    expect(toGlob([pattern], DIALECTS.files).mayMatchIn(folder)).toBe(may);
  });

  it.each([
    ['a'.repeat(301), 'is longer than 300 characters'],
    ['{{{{{a,b},c},d},e},f}', 'has braces in braces, more than 4 deep'],
    ['a/**/'.repeat(12), 'has more than 8 wildcards "**"'],
    ['a*b*c*d*e*f*g*', 'has more than 6 wildcards in one name'],
    ['*/'.repeat(25), 'has more than 24 wildcards'],
    ['{s,s}{r,r}{c,c}{/,/}'.repeat(12), undefined],
    ['{**/*.ts,**/*.tsx,**/*.md,**/*.json}', undefined],
  ])('is bounded: %s', (pattern, wrong) => {
    expect(wrongWithGlob(pattern, DIALECTS.files)).toBe(wrong);
  });

  it.each([
    ['{s,s}{r,r}{c,c}{/,/}'.repeat(15), `${'src/'.repeat(14)}srcx`],
    ['a/**/'.repeat(60) + 'b', 'a/'.repeat(2000)],
    [`${'*a'.repeat(150)}b`, 'a'.repeat(5000)],
    ['{a,aa}'.repeat(50), 'a'.repeat(5000)],
    ['{'.repeat(3000), '{'.repeat(3000)],
    [`${'{a,'.repeat(5000)}${'}'.repeat(5000)}`, 'a'.repeat(5000)],
    ['[a'.repeat(10_000), 'a'.repeat(5000)],
  ])('comes to an end, whatever it is (%#)', (pattern, text) => {
    const [files, names] = [toGlob([pattern], DIALECTS.files), isNamedBy([pattern])];
    expect([files.matches(text), names(`${text}x`)]).toEqual([pattern.startsWith('{{'), false]);
  });
});

describe('a pattern of names', () => {
  const NAMES = ['openai/gpt-6.1', 'openrouter/openai/gpt-6.1:free', 'google/Gemini-3-Preview', 'custom-box/a(b)'];
  it.each([
    ['*', NAMES],
    ['*/gpt*', ['openai/gpt-6.1', 'openrouter/openai/gpt-6.1:free']],
    ['openai/*', ['openai/gpt-6.1']],
    ['*preview*', ['google/Gemini-3-Preview']],
    ['{openai,google}/*', ['openai/gpt-6.1', 'google/Gemini-3-Preview']],
    ['openai/gpt-6.[12]', ['openai/gpt-6.1']],
    ['!open*', ['google/Gemini-3-Preview', 'custom-box/a(b)']],
    ['custom-box/a(b)', ['custom-box/a(b)']],
  ])('%s', (pattern, named) => {
    expect(NAMES.filter(isNamedBy([pattern]))).toEqual(named);
  });

  it('is refused where it is written in a way that is not read here', () => {
    expect(wrongWithGlob('@(openai|google)/*', DIALECTS.names)).toBe(
      'holds "@(", which is not read here: write a choice as {a,b}',
    );
  });
});
