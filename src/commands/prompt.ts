import { Failure } from '../core/errors.ts';
import type { Io } from './io.ts';

/** Stands for what is piped in. */
const STDIN = '-';

/**
 * The prompt of a command: its words, with what is piped in where a `-` stands, or that alone where there are no words. Without a
 * `-` nothing is read beside words: who runs a program often leaves it a pipe that never ends, or one that is meant for another.
 */
export async function promptFrom(words: readonly string[], { readStdin, isPiped, isTyped, tell }: Io): Promise<string> {
  const at = words.indexOf(STDIN);
  const [before, after] = at === -1 ? [words.join(' '), ''] : [words.slice(0, at).join(' '), words.slice(at + 1).join(' ')];
  const isWaiting = at !== -1 || before === '';
  if (isWaiting && isTyped()) tell('Type the prompt, and end it with Ctrl-D on a line of its own.');
  if (before === '' && after === '') return readStdin();
  if (at === -1) {
    if (isPiped())
      tell('What is piped in was not read, because there is a prompt: put - behind it, or wherever that text belongs');
    return before;
  }
  const piped = (await readStdin()).trimEnd();
  if (piped !== '') return [before, piped, after].filter((piece) => piece !== '').join('\n\n');
  throw new Failure('input', 'call: "-" stands for what is piped in, and nothing was: pipe text in, or leave the "-" out');
}
