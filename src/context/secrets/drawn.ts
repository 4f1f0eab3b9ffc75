import { CLASSES, LETTER_PAIRS } from './letter-pairs.ts';

/** So much of a text is looked at, in characters: a text of any length costs no more than that. */
const LOOKED_AT = 512;

/** The class of each character of ASCII, as an index in `CLASSES`; digits are one class, and so are all signs. */
const CLASS_OF = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return Math.max(0, CLASSES.indexOf(/\d/.test(char) ? '0' : char));
});
const SIGN = 0;
const DIGIT = 1;

/** Bits by which a pair surprises, at `before * CLASSES.length + after`. */
const SURPRISE = Float32Array.from(LETTER_PAIRS.join(''), (digit) => Number.parseInt(digit, 36) / 2);

/** Bits of a sign in a text that is drawn: between those of base64url, which has two, and those of a password, which has many. */
const SIGN_BITS = 3;

const classAt = (text: string, at: number): number => CLASS_OF[text.charCodeAt(at)] ?? SIGN;

const HEXADECIMAL = /^(?:[0-9a-f-]+|[0-9A-F-]+)$/;

/** The number of letters and digits that a text is drawn from, by those that are in it. */
function alphabetOf(text: string): number {
  if (HEXADECIMAL.test(text)) return 16;
  const [digits, small, capitals] = [/\d/.test(text), /[a-z]/.test(text), /[A-Z]/.test(text)];
  return (digits ? 10 : 0) + (small ? 26 : 0) + (capitals ? 26 : 0);
}

/**
 * Returns how much likelier it is that some stretch of a text was drawn by lot than that it was written, in bits: a name in a
 * program, a path or a sentence surprises its reader less with each character than a draw from its alphabet does, a key more. A
 * stretch, because keys are given prefixes that are words.
 */
export function drawnBits(whole: string): number {
  const text = whole.length > LOOKED_AT ? whole.slice(0, LOOKED_AT) : whole;
  const alphabet = alphabetOf(text);
  if (alphabet === 0) return 0;
  const letterBits = Math.log2(alphabet);
  const digitBits = letterBits - Math.log2(10);
  let [best, sum, before] = [0, 0, SIGN];
  for (let at = 0; at < text.length; at += 1) {
    const now = classAt(text, at);
    const drawn = now === SIGN ? SIGN_BITS : now === DIGIT ? digitBits : letterBits;
    sum = Math.max(0, sum + (SURPRISE[before * CLASSES.length + now] ?? 0) - drawn);
    best = Math.max(best, sum);
    before = now;
  }
  return best;
}
