/** A gap of a few words within one sentence: a dot ends it unless something follows at once, as in `gpt-4.1`. */
const GAP = String.raw`(?:[^.]|\.(?=\S)){0,80}?`;

/** A pattern of any of these phrases, whatever their case; `…` is a gap within a sentence. */
export const phrases = (...all: readonly string[]): RegExp =>
  new RegExp(all.map((one) => one.replaceAll('…', GAP)).join('|'), 'i');

const LINK = /\[[^\][]{0,200}\]\([^()\s]{1,500}\)/g;
const ADDRESS = /\b(?:https?|wss?|ftp):\/\/\S+/gi;
const BARE_ADDRESS = /\b(?:[a-z\d-]+\.)+(?:com|ai|io|net|org|dev|cn|cloud|co|app)\b(?:\/\S*)?/gi;

/** A text without the addresses in it: where a link leads says nothing of what went wrong. */
export const withoutAddresses = (text: string): string =>
  text.replace(LINK, ' ').replace(ADDRESS, ' ').replace(BARE_ADDRESS, ' ');

/** A number by itself, as against one in a name (`sim-4.1`). */
const NUMBER = String.raw`(?<![\w.-])(\d+(?:[,_]\d{3})*)(?![\d.]*\d)`;
const WORDS = String.raw`[^\d]{0,60}?`;

/** Two numbers, and which of them is what was asked: the one before the words, or the one after them. */
const PAIRS: readonly { said: RegExp; asked: 'first' | 'second' }[] = [
  {
    said: new RegExp(
      `${NUMBER}${WORDS}(?:exceed\\w*|>|(?:larger|greater|longer|more|higher) than|above|over the)${WORDS}${NUMBER}`,
      'i',
    ),
    asked: 'first',
  },
  {
    said: new RegExp(
      `(?:limit|max\\w*|at most|up to|less than|fewer than|<=|allow\\w*)${WORDS}${NUMBER}[^\\d]{0,80}?(?:given|got|received|contain\\w*|has|resulted in|length is|but)${WORDS}${NUMBER}`,
      'i',
    ),
    asked: 'second',
  },
  {
    said: new RegExp(
      `(?:given|got|received|contain\\w*|has|length is|count is|resulted in)${WORDS}${NUMBER}[^\\d]{0,80}?(?:limit|max\\w*|at most|up to|<=|only|allow\\w*)${WORDS}${NUMBER}`,
      'i',
    ),
    asked: 'first',
  },
];

/** A limit by the minute says the same of a single request: one that is larger is never let through. */
const BY_THE_MINUTE = new RegExp(`\\blimit(?: of| is)?[ :=]{0,3}${NUMBER}.{0,60}?\\brequested${WORDS}${NUMBER}`, 'i');
const OF_RATE = /\brate|per[ _-]?(?:minute|second|hour|day)|[RT]P[MDS]\b/i;

/** Sentences about how much was sent, as against how often, how much may come back, or how large a picture is. */
const OF_SIZE = /token|context|prompt|input|length|character|message|requested/i;
const NOT_OF_SIZE =
  /^\W*(?:the )?\W*(?:[\w.]*\.)?max_?(?:completion|output|new)?_?tokens\b(?!.*(?:input|prompt|context))|output tokens|completion tokens|image|picture|file|pdf|audio|video|temperature|budget_tokens|requests per/i;

/** A number in its digits; of nothing it is none, and neither more nor less than any. */
const numberIn = (text: string | undefined): number => (text === undefined ? Number.NaN : Number(text.replaceAll(/[,_]/g, '')));

/** Sentences about the size of what was sent. Only `must be <= 8193. Given: 12000` tells its two numbers in two sentences. */
const ofSize = (text: string): string[] =>
  text
    .replaceAll('. Given:', ', given:')
    .split(/(?<=[.!?;])\s+|\n/)
    .filter((sentence) => OF_SIZE.test(sentence) && !NOT_OF_SIZE.test(sentence));

/** Tells from the numbers in a text that one request is larger than what a whole minute allows: `Limit 6000, Requested 12328`. */
export const isBeyondMinute = (text: string): boolean =>
  ofSize(text).some((sentence) => {
    const [, limit, requested] = BY_THE_MINUTE.exec(sentence) ?? [];
    return OF_RATE.test(sentence) && numberIn(requested) > numberIn(limit);
  });

/**
 * Tells from the numbers in a text that more was sent than is ever taken: `240000 exceeds the limit of 200000`. A limit that
 * would have had room at another moment is not meant.
 */
export const isBeyondLimit = (text: string): boolean =>
  ofSize(text).some((sentence) => {
    const [, limit, requested] = BY_THE_MINUTE.exec(sentence) ?? [];
    if (OF_RATE.test(sentence)) return false;
    const more = PAIRS.some(({ said, asked }) => {
      const [, first, second] = said.exec(sentence) ?? [];
      return asked === 'first' ? numberIn(first) > numberIn(second) : numberIn(second) > numberIn(first);
    });
    return more || numberIn(requested) > numberIn(limit);
  });
