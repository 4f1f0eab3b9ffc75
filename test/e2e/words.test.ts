import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { protectPrompts } from '../../src/commands/arguments.ts';
import { toPlain } from '../../src/commands/plain.ts';

const CALL = new Command('call').option('-m, --model <model>').option('-s, --system <text>').option('--json');

describe('the words of a command line', () => {
  it.each([
    [
      ['call', '- mend the list'],
      ['call', '--', '- mend the list'],
    ],
    [
      ['call', '-m', 'x', '--- a rule ---'],
      ['call', '-m', 'x', '--', '--- a rule ---'],
    ],
    [
      ['call', '-5 + 3 is?', '--json'],
      ['call', '--json', '--', '-5 + 3 is?'],
    ],
    [
      ['call', '--why does it fail?'],
      ['call', '--', '--why does it fail?'],
    ],
  ])('%j: a prompt that begins with a dash is a prompt', (argv, meant) => {
    expect(protectPrompts(argv, CALL)).toEqual(meant);
  });

  it.each([
    [['call', '-s', '- be brief', 'Hi']],
    [['call', '--modle', 'x', 'Hi']],
    [['call', '--system=- be brief', 'Hi']],
    [['call', '-', 'Hi']],
    [['call', '--', '- mend']],
  ])('%j: values, options, the sign for stdin and what stands behind -- stay', (argv) => {
    expect(protectPrompts(argv, CALL)).toEqual(argv);
  });

  it('of other commands stay as they are', () => {
    expect(protectPrompts(['models', '- x'], undefined)).toEqual(['models', '- x']);
  });
});

describe('a text for a terminal', () => {
  it.each([
    ['a title', 'a\u001B]0;owned\u0007b', 'ab'],
    ['the clipboard', 'a\u001B]52;c;ZXZpbA==\u0007b', 'ab'],
    ['a link that hides its address', '\u001B]8;;https://evil.example\u001B\\safe\u001B]8;;\u001B\\', 'safe'],
    ['a colour and a cursor', '\u001B[31mred\u001B[2J\u001B[1;1H', 'red'],
    ['C1 signs', 'a\u009b31mb\u0085c', 'abc'],
    ['reversed text', 'user\u202Etxt.exe\u2066x\u2069', 'usertxt.exex'],
    ['a carriage return', 'hidden\rshown\r\nnext', 'hiddenshown\nnext'],
  ])('loses %s', (_, text, plain) => {
    expect(toPlain(text)).toBe(plain);
  });

  it('keeps words, tabs, lines, emoji and every script', () => {
    const text = 'a\tb\n漢字 العربية 👩‍👩‍👧‍👦 é';
    expect(toPlain(text)).toBe(text);
  });
});
