/** A part of a text, from its first character to behind its last one. */
export type Span = { start: number; end: number };

/** Surroundings of a value without quotes: code, the rest of a line, the query of an address. */
export type Surroundings = 'code' | 'line' | 'address';

/** Characters that end a value without quotes, besides spaces and quotes. */
const SIGNS: Readonly<Record<Surroundings, string>> = { code: ',;(){}<>[]|', line: '', address: ',;(){}<>[]|&#' };

function endsOf(signs: string): Uint8Array {
  const ends = new Uint8Array(128);
  for (const sign of ` \t\n\r"'\`${signs}`) ends[sign.charCodeAt(0)] = 1;
  return ends;
}

const ENDS = { code: endsOf(SIGNS.code), line: endsOf(SIGNS.line), address: endsOf(SIGNS.address) } as const;

const [LF, CR, AMPERSAND, BACKSLASH] = [10, 13, 38, 92];

/** The next field of a form. */
const NEXT_FIELD = /&(?:amp;)?[\w.-]{1,60}=/y;
/** The end of a line or string that is written as an escape: it ends a value too. */
const ESCAPED = /\\{1,8}["'`nrt]/y;

/** Three quotes, as in Python and TOML. */
const TRIPLE = /"""|'''/y;
/** A sign that joins two strings to one. */
const JOINED = /["']\s{0,80}(?:(?:\+|\.\.?|&|<>|\\)\s{0,80})?[rbufRBUFL$@]{0,2}(?=["'])/y;
/** So many strings are read as one. */
const MOST_JOINED = 40;

/** A name is read so far before the word that says what it is, in characters. */
const LONGEST_BEFORE = 60;
const IN_NAME = Uint8Array.from({ length: 128 }, (_, code) => (/[\w$.-]/.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Reads a text from places in it. It remembers what it has read where the same may be asked for again, so that no text makes a
 * search slow, and it counts what it looks at.
 */
export class Reader {
  readonly text: string;
  /** Patterns that were tried, and characters that were looked at one by one: the cost of a search. */
  steps = 0;
  readonly #last: Record<Surroundings, Span> = {
    code: { start: 0, end: 0 },
    line: { start: 0, end: 0 },
    address: { start: 0, end: 0 },
  };
  #lastName = { at: -1, begin: -1 };
  readonly #readUntil = new Map<object, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** Finds the end of a sticky pattern that begins at a place; undefined if it does not begin there. */
  endOf(pattern: RegExp, at: number): number | undefined {
    this.steps += 1;
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  /** Reads the value without quotes that begins at a place, no further than `limit`. */
  run(start: number, surroundings: Surroundings, limit = this.text.length): Span {
    const last = this.#last[surroundings];
    if (start < last.start || start >= last.end)
      this.#last[surroundings] = { start, end: this.#endOfRun(start, ENDS[surroundings]) };
    return { start, end: Math.min(this.#last[surroundings].end, limit) };
  }

  /** Reads the string that opens at a place, without its quotes; undefined if nothing closes it. */
  string(at: number): Span | undefined {
    const { text } = this;
    // A block of code in Markdown.
    if (text.startsWith('``', at)) return undefined;
    const triple = this.endOf(TRIPLE, at);
    if (triple === undefined) return this.#inQuotes(at);
    const end = text.indexOf(text.slice(at, triple), triple);
    return end === -1 ? undefined : { start: triple, end };
  }

  /** Reads the strings that open at a place and are one for the program that they stand in. */
  strings(at: number): Span[] {
    const strings: Span[] = [];
    for (let from: number | undefined = at; from !== undefined && strings.length < MOST_JOINED;) {
      const string = this.string(from);
      if (string === undefined) break;
      strings.push(string);
      from = this.endOf(JOINED, string.end);
    }
    return strings;
  }

  /** Finds the beginning of the name that a word stands in. */
  beginOfName(at: number): number {
    if (this.#lastName.at === at) return this.#lastName.begin;
    let begin = at;
    while (begin > 0 && at - begin < LONGEST_BEFORE && IN_NAME[this.text.charCodeAt(begin - 1)] === 1) begin -= 1;
    this.steps += at - begin;
    this.#lastName = { at, begin };
    return begin;
  }

  /** Says if a place lies in what `by` has read before. */
  hasRead(by: object, at: number): boolean {
    return at < (this.#readUntil.get(by) ?? 0);
  }

  /** Remembers that `by` has read up to a place, which took as many steps as it has characters. */
  remember(by: object, { start, end }: Span): void {
    this.#readUntil.set(by, end);
    this.steps += end - start;
  }

  #endOfRun(start: number, ends: Uint8Array): number {
    const { text } = this;
    let at = start;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (ends[code] === 1) break;
      if (code === AMPERSAND && this.endOf(NEXT_FIELD, at) !== undefined) break;
      if (code === BACKSLASH && this.endOf(ESCAPED, at) !== undefined) break;
    }
    this.steps += at - start;
    return at;
  }

  #inQuotes(at: number): Span | undefined {
    const { text } = this;
    const quote = text.charCodeAt(at);
    // Only backticks hold line breaks.
    const isLong = text[at] === '`';
    let end = at + 1;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === quote || (!isLong && (code === LF || code === CR))) break;
      if (code === BACKSLASH) end += 1;
    }
    this.steps += end - at;
    return text.charCodeAt(end) === quote ? { start: at + 1, end } : undefined;
  }
}
