import { type Alphabet, ALPHABETS } from './alphabets.ts';

/** The bytes of a text that are looked at to tell its encoding: more do not change what they say. */
const SAMPLE_BYTES = 20_000;

/** How likely a character is that no kind of its alphabet is about. */
const STRANGE = Math.log(1e-7);
/** The same of a character of ASCII, in any text. */
const PLAIN = Math.log(1 / 40);

/**
 * How unlikely what is not ASCII may be, as the mean of logarithms by character, before it is taken for no text at all. Of 890 short
 * lines in twenty languages 3 lie below; of 400 samples of random bytes that hold no control character 5 lie above.
 */
const LEAST: Readonly<Record<Alphabet['writes'], number>> = { letters: -6.3, pairs: -10.2 };

/** `€`, `“` and the like: the decoder of Node 20 takes these bytes of Windows-1252 for control characters. */
const HIGH_CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeAs({ label }: Alphabet, bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    if (label !== 'windows-1252') return text;
    return text.replaceAll(/[\u0080-\u009f]/g, (char) => HIGH_CONTROLS[char.charCodeAt(0) - 0x80] ?? char);
  } catch {
    return undefined;
  }
}

const isPlain = (char: string): boolean => char < '\u0080';
const isPlainLetter = (char: string): boolean => /^[a-z]$/i.test(char);
const isLetter = (char: string): boolean => /^\p{L}$/u.test(char);
const isSmall = (char: string): boolean => /^\p{Ll}$/u.test(char);
const isCapital = (char: string): boolean => /^\p{Lu}$/u.test(char);

/** How likely a character is by itself. `form`: how its kind is told. */
function likely({ usual, usualShare, kinds }: Alphabet, char: string, form: string): number {
  if (usual.includes(char)) return Math.log(usualShare / usual.length);
  const kind = kinds.find((one) => one.form.test(form));
  return kind === undefined ? STRANGE : Math.log(kind.share / kind.of);
}

/** How much less likely a character is where it stands. Letters of words keep company: a sign inside of a word is a slip of the reading. */
function fits({ alone = false }: Alphabet, before: string, char: string, after: string): number {
  if (!isLetter(char)) return isLetter(before) && isLetter(after) && !/[’·\u00a0]/.test(char) ? 0.02 : 1;
  const isOdd = isSmall(before) && isCapital(char);
  const nearLatin = isPlainLetter(before) || isPlainLetter(after);
  const nearOwn = [before, after].some((other) => !isPlain(other) && isLetter(other));
  if (alone) return (isOdd ? 0.02 : 1) * (nearLatin ? 0.01 : 1) * (nearOwn ? 1 : 0.05);
  return (isOdd ? 0.02 : 1) * (isLetter(before) && !isPlain(before) ? 0.15 : 1) * (nearLatin ? 1 : 0.1);
}

/** How likely the bytes are, if this is their alphabet: of all, and the mean of what is not ASCII. Undefined where they cannot be. */
function weigh(alphabet: Alphabet, bytes: Uint8Array): { alphabet: Alphabet; all: number; mean: number } | undefined {
  const text = decodeAs(alphabet, bytes);
  if (text === undefined) return undefined;
  const chars = Array.from(text);
  const raw = Buffer.from(bytes).toString('latin1');
  let [at, all, strange, count] = [0, Math.log(alphabet.often), 0, 0];
  for (const [index, char] of chars.entries()) {
    const width = alphabet.writes === 'pairs' && !isPlain(char) && !/^[\uff61-\uff9f]$/.test(char) ? 2 : 1;
    const form = raw.slice(at, at + width);
    at += width;
    if (isPlain(char)) all += PLAIN;
    else {
      const context = alphabet.writes === 'letters' ? fits(alphabet, chars[index - 1] ?? ' ', char, chars[index + 1] ?? ' ') : 1;
      strange += likely(alphabet, char, alphabet.writes === 'letters' ? char : form) + Math.log(context);
      count += 1;
    }
  }
  return { alphabet, all: all + strange, mean: strange / Math.max(1, count) };
}

/** The lines with more than ASCII in them. No encoding here has a line break inside of a character. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .filter((line) => /[\x80-\xff]/.test(line));
  const whole = lines.join('\n');
  const end = whole.lastIndexOf('\n', SAMPLE_BYTES);
  return Buffer.from(whole.length <= SAMPLE_BYTES || end === -1 ? whole : whole.slice(0, end), 'latin1');
}

/** Reads bytes in the older encoding in which they make the most sense; undefined where they make none in any. */
export function decodeLegacy(bytes: Uint8Array): { text: string; encoding: string } | undefined {
  const sample = sampleOf(bytes);
  const weighed = ALPHABETS.flatMap((alphabet) => weigh(alphabet, sample) ?? [])
    .toSorted((a, b) => b.all - a.all)
    .filter(({ alphabet, mean }) => mean > LEAST[alphabet.writes]);
  for (const { alphabet } of weighed) {
    const text = decodeAs(alphabet, bytes);
    if (text !== undefined) return { text, encoding: alphabet.name };
  }
  return undefined;
}
