/**
 * How many tokens a text has, told from its characters: most models' tokenizers are nowhere at hand, and a megabyte must take
 * milliseconds. The weights are fitted to o200k and cl100k over scripts, prose, code and data: test/verify/tokens.test.ts.
 */

/** Characters of Latin text that are a token: as it comes, and counted on the long side, as code and many languages have them. */
export const CHARS_PER_TOKEN = { usual: 4, fewest: 3 };

/** What a character weighs, in hundredths of a token: what is likely, and what tokenizers hardly ever pass. */
type Weight = { likely: number; most: number };

const WEIGHTS = {
  /** The first letter of a word, of the second word in `camelCase`, or after a digit: tokens seldom go across. */
  start: { likely: 78, most: 110 },
  /** A letter that goes on with a word, and with one that is too long for a vocabulary. */
  next: { likely: 6, most: 11 },
  far: { likely: 16, most: 36 },
  /** A capital after a capital. */
  capital: { likely: 42, most: 60 },
  /** What a third consonant in a row weighs besides: words have few of them, random letters (base64, keys) many. */
  pile: { likely: 65, most: 110 },
  /** The first of three digits, and the others: some vocabularies take three at once, some (Gemini's, Qwen's) each alone. */
  number: { likely: 88, most: 100 },
  digit: { likely: 18, most: 100 },
  mark: { likely: 70, most: 100 },
  /** A space goes with the word behind it, but for scripts of which vocabularies know little. */
  space: { likely: 0, most: 0 },
  spaceOfOthers: { likely: 0, most: 100 },
  indent: { likely: 50, most: 80 },
  again: { likely: 3, most: 10 },
  line: { likely: 45, most: 90 },
  control: { likely: 100, most: 110 },
} satisfies Record<string, Weight>;

/** After so many letters a word is a long one. */
const LONG_WORD = 6;

/**
 * Other scripts and signs, by the last UTF-16 unit of each stretch (a surrogate is half a character). Where `most` is 300, or
 * 200 below U+0800, it is what UTF-8 takes: of such scripts vocabularies know so little that they fall back to bytes.
 */
const SCRIPTS: readonly { last: number; weight: Weight }[] = [
  { last: 0x009f, weight: { likely: 100, most: 200 } },
  { last: 0x024f, weight: { likely: 65, most: 200 } }, // Latin with accents
  { last: 0x036f, weight: { likely: 120, most: 200 } },
  { last: 0x052f, weight: { likely: 50, most: 150 } }, // Greek, Cyrillic
  { last: 0x058f, weight: { likely: 100, most: 200 } }, // Armenian
  { last: 0x06ff, weight: { likely: 60, most: 150 } }, // Hebrew, Arabic
  { last: 0x07ff, weight: { likely: 150, most: 200 } },
  { last: 0x08ff, weight: { likely: 200, most: 300 } },
  { last: 0x0e7f, weight: { likely: 70, most: 200 } }, // scripts of India, Thai
  { last: 0x109f, weight: { likely: 150, most: 300 } }, // Lao, Tibetan, Burmese
  { last: 0x10ff, weight: { likely: 100, most: 300 } }, // Georgian
  { last: 0x1dff, weight: { likely: 200, most: 300 } }, // Ethiopic, Cherokee, Inuktitut, Khmer, Mongolian
  { last: 0x1fff, weight: { likely: 65, most: 300 } }, // Vietnamese, old Greek
  { last: 0x2bff, weight: { likely: 100, most: 300 } }, // signs, arrows, boxes
  { last: 0x2e7f, weight: { likely: 200, most: 300 } },
  { last: 0x30ff, weight: { likely: 80, most: 300 } }, // kana, and what stands between Chinese characters
  { last: 0x4dff, weight: { likely: 150, most: 300 } },
  { last: 0x9fff, weight: { likely: 80, most: 250 } }, // Chinese characters
  { last: 0xabff, weight: { likely: 200, most: 300 } },
  { last: 0xd7af, weight: { likely: 80, most: 280 } }, // Hangul
  { last: 0xd7ff, weight: { likely: 200, most: 300 } },
  { last: 0xdfff, weight: { likely: 80, most: 200 } }, // emoji, and rare scripts
  { last: 0xfeff, weight: { likely: 200, most: 300 } },
  { last: 0xffff, weight: { likely: 80, most: 300 } }, // full width
];

/** What a UTF-16 unit is; from `SCRIPT` on: a stretch of `SCRIPTS`. */
const [LOWER, UPPER, DIGIT, MARK, BLANK, BREAK, CONTROL, SCRIPT] = [0, 1, 2, 3, 4, 5, 6, 7];

const KINDS = new Uint8Array(0x10000).fill(CONTROL, 0, 0x80).fill(MARK, 0x21, 0x7f).fill(DIGIT, 0x30, 0x3a);
KINDS.fill(UPPER, 0x41, 0x5b).fill(LOWER, 0x61, 0x7b);
for (const [unit, kind] of [
  [0x09, BLANK],
  [0x20, BLANK],
  [0x0a, BREAK],
  [0x0d, BREAK],
] as const)
  KINDS[unit] = kind;
for (const [nth, { last }] of SCRIPTS.entries()) KINDS.fill(SCRIPT + nth, (SCRIPTS[nth - 1]?.last ?? 0x7f) + 1, last + 1);

const VOWELS = new Uint8Array(0x80);
for (const vowel of 'aeiouyAEIOUY') VOWELS[vowel.charCodeAt(0)] = 1;

function weightOf(kind: number, before: number, run: number): Weight {
  if (kind === LOWER) return run === 1 ? WEIGHTS.start : run > LONG_WORD ? WEIGHTS.far : WEIGHTS.next;
  if (kind === UPPER) return run === 1 ? WEIGHTS.start : WEIGHTS.capital;
  if (kind === DIGIT) return run % 3 === 1 ? WEIGHTS.number : WEIGHTS.digit;
  if (kind === MARK) return WEIGHTS.mark;
  if (kind === BREAK) return run === 1 ? WEIGHTS.line : WEIGHTS.again;
  if (kind !== BLANK) return SCRIPTS[kind - SCRIPT]?.weight ?? WEIGHTS.control;
  if (run > 2) return WEIGHTS.again;
  if (run === 2 || before === BREAK) return WEIGHTS.indent;
  return before >= SCRIPT ? WEIGHTS.spaceOfOthers : WEIGHTS.space;
}

/** How many tokens a text has: likely, and at most. Pure, linear, and never less for more text. */
export function tokensOf(text: string): { likely: number; most: number } {
  let [likely, most] = [0, 0];
  let before = BREAK;
  // Characters of this word, number or blank so far, and consonants in a row.
  let [run, consonants] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = KINDS[unit] ?? CONTROL;
    const goesOn = kind === before || (kind === LOWER && before === UPPER);
    run = goesOn ? run + 1 : 1;
    const weight = weightOf(kind, before, run);
    likely += weight.likely;
    most += weight.most;
    consonants = kind > UPPER || VOWELS[unit] ? 0 : goesOn ? consonants + 1 : 1;
    if (consonants > 2 && kind === LOWER) {
      likely += WEIGHTS.pile.likely;
      most += WEIGHTS.pile.most;
    }
    before = kind;
  }
  // A token has one byte at least.
  return { likely: Math.ceil(likely / 100), most: Math.min(Math.ceil(most / 100), Buffer.byteLength(text, 'utf8')) };
}
