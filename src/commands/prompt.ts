import { Failure } from '../core/errors.ts';
import { decodeText } from '../encoding/decode.ts';
import type { Io } from './io.ts';

/** Stands for what is piped in. */
const STDIN = '-';

/** Reads what is piped in, as files are read. Throws an `input` failure where it is no text. */
async function readPiped({ readStdin, tell }: Io): Promise<string> {
  const decoded = decodeText(await readStdin());
  if (decoded === undefined) {
    throw new Failure('input', 'call: what is piped in is no text, and a prompt is: send an image or a PDF with --image');
  }
  if (decoded.encoding !== undefined) tell(`What is piped in was read as ${decoded.encoding}`);
  return decoded.text;
}

/**
 * Returns the prompt of a command: its words, with what is piped in where a `-` stands, or that alone where there are no words. Without a
 * `-` nothing is read beside words: who runs a program often leaves it a pipe that never ends, or one that is meant for another.
 */
export async function promptFrom(words: readonly string[], io: Io): Promise<string> {
  const { isPiped, isTyped, tell } = io;
  const at = words.indexOf(STDIN);
  const [before, after] = at === -1 ? [words.join(' '), ''] : [words.slice(0, at).join(' '), words.slice(at + 1).join(' ')];
  const isWaiting = at !== -1 || before === '';
  if (isWaiting && isTyped()) tell('Type the prompt, and end it with Ctrl-D on a line of its own.');
  if (before === '' && after === '') return readPiped(io);
  if (at === -1) {
    if (isPiped())
      tell('What is piped in was not read, because there is a prompt: put - behind it, or wherever that text belongs');
    return before;
  }
  const piped = (await readPiped(io)).trimEnd();
  if (piped !== '') return [before, piped, after].filter((piece) => piece !== '').join('\n\n');
  throw new Failure('input', 'call: "-" stands for what is piped in, and nothing was: pipe text in, or leave the "-" out');
}
