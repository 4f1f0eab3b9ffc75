import { below } from './below.ts';
import { inElement } from './markup.ts';
import { judge, type Way } from './measure.ts';
import type { Name } from './names.ts';
import type { Reader } from './reader.ts';
import type { Finding } from './secret-rule.ts';
import { inNextCell, inNextValue } from './tables.ts';

/** A name that is followed to its value. `limit`: a value without quotes ends here, because another assignment begins. */
export type Given = { name: Name; limit: number };

/** Ends of a name: its quotes, a bracket, the length of an array, a mark of Markdown. */
const CLOSED = /(?:\*\*|["'`*_])?(?:\[["']?\w{0,12}["']?\]|\)?\]|\))?[!?]?(?:\*\*|`)?/y;

/** A type: `: string`, `: &'static str`, ` []byte`. */
const TYPED =
  /[?!]?[ \t]{0,4}:[ \t]{0,4}[A-Za-z_&'*][\w.<>[\]|&'? ]{0,60}(?==)|[ \t]{1,4}(?:\*?string|\[\](?:byte|string))(?=[ \t]{0,4}=)/y;

const ASSIGNS = /[ \t]{0,40}(?::\*\*(?=[ \t])|:=|[=!]==?|=>|->|<-|\?\?=?|\|\|=?|(?<=[ \t)])or(?=[ \t])|[:=])[ \t]{0,40}/y;
const ASSIGNS_BARE = /[ \t]{0,40}(?::\*\*(?=[ \t])|:=|=>|[:=](?!=))[ \t]{0,40}/y;

/** A tag or anchor of YAML. */
const TAGGED = /(?:[!&][\w!.-]{0,30}[ \t]{1,4}){1,2}/y;

/** A wrapper of strings that are secrets, and the letters that strings begin with in Python, C and C#. */
const WRAPPED =
  /(?:(?:SecretStr|String::from|Secret|Some|\[\]byte|Buffer\.from)\(|ConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?)?[rbufRBUFL$@]{0,2}(?=["'`])/y;

/** Another call that a string is given to. */
const IN_CALL = /(?:(?:new[ \t]{1,4})?[\w.:&*![\]<>$-]{1,60}\([ \t]{0,8}){1,2}[rbufRBUFL$@]{0,2}(?=["'`])/y;

/** Judges the string at a place, also within a call; undefined if there is none. */
function stringIn(reader: Reader, at: number, name: Name, way: Way): Finding[] | undefined {
  const quote = reader.endOf(WRAPPED, at);
  if (quote !== undefined) return judge(reader, reader.strings(quote), name, way);
  const called = reader.endOf(IN_CALL, at);
  return called === undefined ? undefined : judge(reader, reader.strings(called), name, 'among');
}

/** Signs behind a value that make it a call or a member of something. */
const NO_VALUE = new Set(['(', '[', '{']);

/** Signs before a name that is a field in an address. */
const IN_ADDRESS = new Set(['?', '&', '#', ';']);

/** So much of a value is searched for a call, in characters. */
const LONGEST_CALL = 100;

/** Judges a value up to the end of its line: in files of settings it may hold the signs that end one in code. */
function onItsLine(reader: Reader, at: number, { name, limit }: Given): Finding[] {
  const { start, end } = reader.run(at, 'line', limit);
  const value = reader.text.slice(Math.max(start, end - 4), end);
  const to = end - (/[,;]+$/.exec(value)?.[0].length ?? 0);
  const isCall = /\w\(/.test(reader.text.slice(start, Math.min(to, start + LONGEST_CALL)));
  return isCall ? [] : judge(reader, [{ start, end: to }], name, 'beside');
}

function bare(reader: Reader, at: number, given: Given, way: Way): Finding[] {
  const { text } = reader;
  const before = text[reader.beginOfName(given.name.start) - 1] ?? '\n';
  const surroundings = IN_ADDRESS.has(before) ? 'address' : 'code';
  const span = reader.run(at, surroundings, given.limit);
  const next = text[span.end] ?? '\n';
  const found = NO_VALUE.has(next) ? [] : judge(reader, [span], given.name, way);
  if (found.length > 0 || surroundings === 'address' || /[\s"'`\\]/.test(next)) return found;
  return /\s/.test(before) ? onItsLine(reader, at, given) : [];
}

/** Recognizes the name of an environment variable: in capitals, with a value directly behind it. */
function isConstant({ text }: Reader, { start, end }: Name): boolean {
  const word = text.slice(start, end);
  return text[end] === '=' && word === word.toUpperCase();
}

/** Follows `=`, `:` and their like. */
function assigned(reader: Reader, given: Given, closed: number): Finding[] | undefined {
  const { name } = given;
  const typed = reader.endOf(TYPED, closed) ?? closed;
  const at = reader.endOf(ASSIGNS, typed);
  if (at === undefined) return undefined;
  const value = reader.endOf(TAGGED, at) ?? at;
  const found = stringIn(reader, value, name, 'string') ?? below(reader, value, name);
  if (found !== undefined) return found;
  if (reader.endOf(ASSIGNS_BARE, typed) !== at) return [];
  return bare(reader, value, given, isConstant(reader, name) ? 'constant' : 'bare');
}

/** The next argument: `set("api_key", "…")`, `["--password", "…"]`. */
const NEXT_ARGUMENT = /[ \t]{0,8},\s{0,40}/y;
const CALL = /\([ \t]{0,8}/y;
/** Signs before a name that is the first argument of a call, and before a call that sets something. */
const FIRST = /\([ \t]{0,8}["'`]$/;
const SETS = /(?:\.|->|::|(?<![A-Za-z\d_])(?:set|with)_?)$/i;
/** So much before a name is searched for them, in characters. */
const LONGEST_SET = 12;

/** Follows a name to another argument, or into the call that it names. */
function argument(reader: Reader, { name }: Given, closed: number): Finding[] | undefined {
  const { text } = reader;
  const isQuoted = /["'`]/.test(text[closed - 1] ?? '');
  const next = reader.endOf(isQuoted ? NEXT_ARGUMENT : CALL, closed);
  if (next === undefined) return undefined;
  const begin = reader.beginOfName(name.start);
  if (text[begin] === '-') return stringIn(reader, next, name, 'option');
  const before = text.slice(Math.max(0, begin - LONGEST_SET), isQuoted ? begin : name.start);
  return stringIn(reader, next, name, (isQuoted ? FIRST : SETS).test(before) ? 'argument' : 'among');
}

const SPACE = /[ \t]{1,40}(?=[^\s=:|])/y;
const SAID = /[ \t]{1,2}(?:is|are|was|to|as|of)?:?[ \t]{0,2}(?=["'`])/y;
const IS = /[ \t]{1,2}(?:is|was)(?: set)?(?: to)?:?[ \t]{1,2}/y;

/** A heading or a line of its own, and a piece of code below it. */
const HEADS = /[*_`:]{0,3}[ \t]{0,8}(?:\r?\n[ \t>]{0,40}){1,2}(?:```\w{0,20}\r?\n[ \t>]{0,40}|`(?=[^`]))/y;

/** Statements that give a value without a sign: of a Dockerfile, shells, Windows, C, command lines. */
const STATEMENT =
  /(?:^|[\s;&|"'])(?:ENV|ARG|setx|setenv|set[ \t]{1,4}-[a-zA-Z]{1,4}|#[ \t]{0,4}define|(?:config|configure|config:set|conf)[ \t]{1,4}(?:set[ \t]{1,4})?|set)[ \t]{1,8}$/;
/** So much before a name is searched for a statement, in characters. */
const LONGEST_STATEMENT = 40;

const BEGINS_LINE = /(?:^|[\r\n])[ \t+>-]{0,40}$/;

/** Follows a space: behind an option, in a statement or a line of settings, and in words. */
function spaced(reader: Reader, { name, limit }: Given, closed: number): Finding[] {
  const { text } = reader;
  const begin = reader.beginOfName(name.start);
  const before = text.slice(Math.max(0, begin - LONGEST_STATEMENT), begin);
  const at = reader.endOf(SPACE, closed);
  if (at !== undefined && (text[begin] === '-' || STATEMENT.test(before))) {
    const string = stringIn(reader, at, name, 'option');
    if (string !== undefined) return string;
    const span = reader.run(at, 'code', limit);
    return NO_VALUE.has(text[span.end] ?? '') ? [] : judge(reader, [span], name, 'option');
  }
  const said = reader.endOf(SAID, closed);
  if (said !== undefined) return stringIn(reader, said, name, 'beside') ?? [];
  const is = reader.endOf(IS, closed) ?? reader.endOf(HEADS, closed);
  if (is !== undefined) return judge(reader, [reader.run(is, 'code', limit)], name, 'beside');
  if (at === undefined || !BEGINS_LINE.test(before)) return [];
  const span = reader.run(at, 'line', limit);
  return /[\r\n]/.test(text[span.end] ?? '\n') ? judge(reader, [span], name, 'beside') : [];
}

/** Follows a name from behind its end, as `closed` says, to a value. */
type Follow = (reader: Reader, given: Given, closed: number) => readonly Finding[] | undefined;

const inRow: Follow = (reader, { name }) => inNextCell(reader, name);
const inContent: Follow = (reader, { name }) => inElement(reader, name);
const inLine: Follow = (reader, { name }) => inNextValue(reader, name);

/** The ways that may follow a name, by the first sign behind it. */
const FOLLOWS: Readonly<Record<string, readonly Follow[]>> = {
  '=': [assigned],
  ':': [assigned],
  '?': [assigned],
  '!': [assigned],
  '-': [assigned],
  '<': [assigned, inContent],
  '>': [inContent],
  '|': [assigned, inRow],
  ',': [argument, inLine],
  ';': [inLine],
  '(': [argument],
};
/** A type, a word or a value begins behind the name. */
const OTHERWISE: readonly Follow[] = [assigned, inContent, inLine, spaced];

const SPACES = /[ \t]{0,40}/y;

/** Follows a name to what it is given. */
export function followName(reader: Reader, given: Given): readonly Finding[] {
  const closed = reader.endOf(CLOSED, given.name.end) ?? given.name.end;
  const sign = reader.text[reader.endOf(SPACES, closed) ?? closed] ?? '';
  for (const follow of FOLLOWS[sign] ?? OTHERWISE) {
    const found = follow(reader, given, closed);
    if (found !== undefined) return found;
  }
  return [];
}
