import { judge } from './measure.ts';
import type { Name } from './names.ts';
import type { Reader } from './reader.ts';
import type { Finding } from './secret-rule.ts';

/** So far before a name it is looked for what the name is, in characters. */
const LOOK_BACK = 60;

/** The way from a name to the content of its element: the rest of its tag, or the end of its own element and the next one's tag. */
const TO_CONTENT =
  /(?:["'][^<>]{0,200}|\s[^<>]{0,200})?>\s{0,80}(?:<!\[CDATA\[\s{0,80})?|<\/[\w:.-]{1,40}>\s{0,80}<[\w:.-]{1,40}(?:\s[^<>]{0,80})?>\s{0,80}/y;
const CONTENT = /[^\s<>\]]{6,}/y;
const CLOSING = /\s{0,80}(?:\]\]>)?\s{0,80}<\//y;

/** The beginning of a name that is an element's, or an attribute's value. */
const IN_TAG = /(?:<|=["']|>\s{0,20})(?:[\w.-]{1,40}:)?$/;

/** Judges the content of the element that has the name, or that stands behind the element which holds it. */
export function inElement(reader: Reader, name: Name): Finding[] | undefined {
  const begin = reader.beginOfName(name.start);
  const isInTag = IN_TAG.test(reader.text.slice(Math.max(0, begin - LOOK_BACK), begin));
  const start = isInTag ? reader.endOf(TO_CONTENT, name.end) : undefined;
  const end = start === undefined ? undefined : reader.endOf(CONTENT, start);
  if (start === undefined || end === undefined || reader.endOf(CLOSING, end) === undefined) return undefined;
  return judge(reader, [{ start, end }], name, 'string');
}

/** A word before a name that is itself a value. */
const IS_NAME =
  /(?:^|[\s,{(<[-])(?:["']?(?:name|key|variable|var|env|header|field|param|property|id|k|n|title|label)["']?\s{0,8}(?:[:=]|=>)\s{0,8}|variable[ \t]{1,8})["']?$/i;
const VALUE = /(?:^|[\s,{;"'])["']?(?:value|val|default|content|secret|text|data|v)["']?\s{0,8}(?:[:=]|=>)\s{0,8}/i;
/** The last sign before a name that is a value. */
const BEFORE_VALUE = new Set(['"', "'", ' ', '\t', '\n', ':', '=', '>']);
/** A sign between a name and a value that do not belong together. */
const APART = /[}>]|\n[ \t+]*\r?\n|["'\s](?:name|key)["']?\s*[:=]/i;

/** So far apart a name and its value are, in characters and lines. */
const FURTHEST = 400;
const MOST_LINES = 4;

function valueAfter(reader: Reader, name: Name): Finding[] {
  const ahead = reader.text.slice(name.end, name.end + FURTHEST);
  const found = VALUE.exec(ahead);
  const between = ahead.slice(0, found?.index ?? 0);
  if (found === null || APART.test(between) || between.split('\n').length > MOST_LINES) return [];
  const at = name.end + found.index + found[0].length;
  const string = /["'`]/.test(reader.text[at] ?? '') ? reader.string(at) : undefined;
  return judge(reader, [string ?? reader.run(at, 'code')], name, string === undefined ? 'argument' : 'string');
}

const BEFORE_NAME = /["'][ \t]{0,8}[,;]?\s{0,80}["']?(?:name|key|variable|header|field)["']?\s{0,8}(?:[:=]|=>)\s{0,8}["']?$/i;
const VALUE_BEFORE = /["'\s{,](?:value|val|content|v)["']?\s{0,8}(?:[:=]|=>)\s{0,8}$/i;

function valueBefore(reader: Reader, name: Name, begin: number): Finding[] {
  const { text } = reader;
  const from = Math.max(0, begin - 2 * LOOK_BACK);
  const found = BEFORE_NAME.exec(text.slice(from, begin));
  if (found === null) return [];
  const end = from + found.index;
  const start = text.lastIndexOf(text[end] ?? '', end - 1) + 1;
  reader.steps += end - start;
  if (start === 0 || !VALUE_BEFORE.test(text.slice(Math.max(0, start - LOOK_BACK), start - 1))) return [];
  return judge(reader, [{ start, end }], name, 'string');
}

/** Judges the value beside a name that is itself a value, as in `{"name": "DB_PASSWORD", "value": "…"}`, in either order. */
export function inPair(reader: Reader, name: Name): Finding[] {
  const begin = reader.beginOfName(name.start);
  if (!BEFORE_VALUE.has(reader.text[begin - 1] ?? '') || !IS_NAME.test(reader.text.slice(Math.max(0, begin - LOOK_BACK), begin)))
    return [];
  const after = valueAfter(reader, name);
  return after.length > 0 ? after : valueBefore(reader, name, begin);
}
