import type { Command } from 'commander';

/** An option as people write one: `-m`, `--model`, `--model=x`. Nothing with a space in it is one. */
const LOOKS_LIKE_OPTION = /^--?[A-Za-z][\w-]*(?:=.*)?$/s;

/** Options of the whole program that stand before a command. */
const isWord = (argument: string): boolean => !argument.startsWith('-');

/**
 * Moves a prompt that begins with a dash behind `--`, where the parser takes it for what it is:
 * `call "- mend the list"`. What looks like an option stays, so that a slip is told. Returns the
 * arguments anew; they are those of `argv` without the program's own two.
 */
export function protectPrompts(argv: readonly string[], command: Command | undefined): string[] {
  if (command === undefined || argv.includes('--')) return [...argv];
  const takesValue = (argument: string): boolean =>
    command.options.some(({ short, long, required }) => required && (argument === short || argument === long));
  const start = argv.findIndex(isWord) + 1;
  const kept: string[] = [];
  const prompts: string[] = [];
  for (const [at, argument] of argv.entries()) {
    const isValue = at > start && takesValue(argv[at - 1] ?? '');
    const isPrompt = at >= start && !isValue && argument.length > 1 && !isWord(argument) && !LOOKS_LIKE_OPTION.test(argument);
    (isPrompt ? prompts : kept).push(argument);
  }
  return prompts.length === 0 ? kept : [...kept, '--', ...prompts];
}
