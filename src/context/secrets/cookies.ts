import { isDrawn } from './plausible.ts';
import type { Reader } from './reader.ts';
import type { Finding, SecretRule } from './secret-rule.ts';

/** The fewest characters and bits of a value that a session is known by. */
const SHORTEST = 12;
const BITS = 10;

const judgeCookie = (value: string, end: number): Finding[] =>
  value.length >= SHORTEST && isDrawn(value, BITS) ? [{ start: end - value.length, end, kind: 'cookie' }] : [];

/** The name of the header and what stands between it and its value, wherever headers are written. */
const HEADER = /(?:set_?)?cookie2?["'`]?(?:[ \t]{0,8}(?:[:=]|=>|,)[ \t]{0,8}|[ \t]{1,8})["'`]?(?=[\w.-]{1,80}=)/iy;
/** The header as a pair of a name and a value. */
const HEADER_PAIR = /cookie["'][ \t]{0,8},?\s{0,80}["']?value["']?\s{0,8}[:=]\s{0,8}["'](?=[\w.-]{1,80}=)/iy;
const COOKIE = /(?:;[ \t]{0,4})?[\w.%-]{1,80}=(?<value>[^;,\s"'`]*)/y;

/** So many cookies of a header are read. */
const MOST = 100;

function inHeader(reader: Reader, from: number): Finding[] {
  const found: Finding[] = [];
  let at = from;
  for (let count = 0; count < MOST; count += 1) {
    COOKIE.lastIndex = at;
    const value = COOKIE.exec(reader.text)?.groups?.['value'];
    if (value === undefined) break;
    at = COOKIE.lastIndex;
    found.push(...judgeCookie(value, at));
  }
  reader.remember(inHeader, { start: from, end: at });
  return found;
}

/** A list in the record of a browser's traffic: `"cookies": [{ "name": "…", "value": "…" }]`. */
const LIST = /cookies["']?[ \t]{0,8}[:=][ \t]{0,8}\[/iy;
const VALUE = /["']?value["']?\s{0,8}[:=]\s{0,8}["'](?<value>[^"'\r\n]{12,})["']/g;
/** So much of a list is read, in characters. */
const LONGEST_LIST = 50_000;

function inList(reader: Reader, from: number): Finding[] {
  if (reader.hasRead(inList, from)) return [];
  const part = reader.text.slice(from, from + LONGEST_LIST);
  const close = part.indexOf(']');
  const end = close === -1 ? part.length : close;
  reader.remember(inList, { start: from, end: from + end });
  return Array.from(part.slice(0, end).matchAll(VALUE)).flatMap((match) =>
    judgeCookie(match.groups?.['value'] ?? '', from + match.index + match[0].length - 1),
  );
}

function inRequest(reader: Reader, at: number): Finding[] {
  const header = reader.endOf(HEADER, at) ?? reader.endOf(HEADER_PAIR, at);
  if (header !== undefined) return reader.hasRead(inHeader, header) ? [] : inHeader(reader, header);
  const list = reader.endOf(LIST, at);
  return list === undefined ? [] : inList(reader, list);
}

/** Cookies in headers and in records of traffic: any of them may be the one that a session is known by. */
export const COOKIES: SecretRule = { begins: '(?:set_?)?cookie', read: inRequest };

/** A line of a file of cookies, as browsers and curl keep them: seven fields with tabs between. */
const LINE = /(?:TRUE|FALSE)\t[^\t\r\n]{1,200}\t(?:TRUE|FALSE)\t\d{1,20}\t[^\t\r\n]{1,200}\t(?<value>[^\s]{12,})/y;

function inFile({ text }: Reader, at: number): Finding[] {
  LINE.lastIndex = at;
  const value = LINE.exec(text)?.groups?.['value'];
  return value === undefined ? [] : judgeCookie(value, LINE.lastIndex);
}

export const KEPT_COOKIES: SecretRule = { begins: '(?:TRUE|FALSE)\\t', read: inFile };

/** `-b 'session=…'` of curl. */
const OPTION = /-b[ \t=]{1,4}["']?(?=[\w.-]{1,80}=)/y;

export const COOKIE_OPTION: SecretRule = {
  begins: String.raw`-b[ \t=]{1,4}["']?[\w.-]{1,80}=`,
  read(reader, at) {
    const from = reader.endOf(OPTION, at);
    return from === undefined || reader.hasRead(inHeader, from) ? [] : inHeader(reader, from);
  },
};
