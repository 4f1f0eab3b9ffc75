import { defined } from '../core/defined.ts';
import { isObject, type JsonObject } from '../core/json-object.ts';
import { untilMs } from './retry-after.ts';
import { spanMs } from './wait-text.ts';

/** What a vendor said about a failure, whatever the shape it said it in. All of it is untrusted text. */
export type VendorError = {
  message: string;
  /** Machine-readable codes, the innermost first: it is the most precise. */
  codes: string[];
  /** Names of quotas, and what they allow: they tell a limit of the day from one of the minute. */
  quotas: string[];
  param?: string;
  retryAfterMs?: number;
};

/** Fields that hold sentences, in the order in which they are quoted. */
const SENTENCES = [
  'message',
  'Message',
  'msg',
  'error',
  'detail',
  'title',
  'error_message',
  'errorMessage',
  'error_msg',
  'error_description',
  'status_msg',
  'faultstring',
  'description',
  'reason',
  'raw',
];

/** Fields that hold codes. */
const CODES = [
  'code',
  'type',
  'status',
  'error_type',
  '__type',
  'reason',
  'status_code',
  'statusCode',
  'http_code',
  'http_status',
  'error_code',
  'errorCode',
  'errorcode',
  'Code',
];

const PARAMS = ['param', 'parameter', 'field'];
const QUOTAS = ['quotaId', 'quota_limit'];
const QUOTA_VALUES = ['quotaValue', 'quota_limit_value'];

/** What is said beside an error and is none: the request, the answer so far, links to documents. */
const BESIDE: ReadonlySet<string> = new Set([
  'request',
  'input',
  'messages',
  'prompt',
  'choices',
  'output',
  'usage',
  'content',
  'failed_generation',
  'links',
  'loc',
]);

/** Codes that say no more than that something failed. */
const EMPTY_CODES = /^(?:|error|fail(?:ed)?|none|null|unknown|0|false)$/i;

/** Where the wait stands in a body: a span, seconds, or a moment; in the fields that say so, milliseconds. */
const WAITS: readonly (readonly [names: readonly string[], unitMs: number])[] = [
  [['retryDelay', 'retry_after', 'retryAfter', 'retry_after_seconds', 'resets_in_seconds', 'estimated_time'], 1000],
  [['resets_at', 'reset_at', 'X-RateLimit-Reset', 'x-ratelimit-reset'], 1000],
  [['retry_after_ms', 'retryAfterMs'], 1],
];

function waitOf(value: unknown, unitMs: number, now: number): number | undefined {
  const number = typeof value === 'number' || /^\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isNaN(number)) return unitMs === 1 ? Math.ceil(number) : untilMs(number, now);
  if (typeof value !== 'string') return undefined;
  const moment = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(moment) ? spanMs(value) : Math.max(0, moment - now);
}

/** Bounds for whatever a vendor nests: no error that was written for a reader comes near them. */
const MAX_DEPTH = 12;
const MAX_VISITS = 500;
const MAX_SENTENCES = 8;
const MAX_SENTENCE = 4000;
const MAX_EMBEDDED = 100_000;

type Gathered = {
  now: number;
  said: string[];
  codes: string[];
  quotas: string[];
  params: string[];
  waits: number[];
  visits: number;
};

/** A sentence that another one holds already is not quoted twice. */
function say(text: string, { said }: Gathered): void {
  const sentence = text.trim();
  if (sentence === '' || said.length >= MAX_SENTENCES || said.some((one) => one.includes(sentence))) return;
  const within = said.findIndex((one) => sentence.includes(one));
  if (within === -1) said.push(sentence);
  else said[within] = sentence;
}

/** The error of somebody further behind, which a gateway put into its sentence as JSON; undefined: there is none. */
function embedded(text: string): { before: string; value: unknown } | undefined {
  const start = text.search(/\{|\[\{/);
  if (start === -1 || text.length > MAX_EMBEDDED) return undefined;
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  try {
    return { before: text.slice(0, start).replace(/[\s:–-]+$/, ''), value: JSON.parse(text.slice(start, end)) };
  } catch {
    return undefined;
  }
}

/** Codes in a text that only looks like JSON: a Python dictionary, or bytes of one. */
const LOOSE_CODE = /['"](?:code|type|status)\\?['"]: *\\?['"]?(\w+)/g;

/** The names that programs give to exceptions, in a sentence that one of them wrote. */
const EXCEPTION = /\b[A-Z]\w+(?:Error|Exception|Exceeded)\b/g;

function visitText(text: string, into: Gathered, depth: number): void {
  const inner = embedded(text);
  const own = (inner?.before ?? text).slice(0, MAX_SENTENCE);
  say(own, into);
  if (inner !== undefined) visit(inner.value, into, depth + 1);
  const loose = inner === undefined ? Array.from(own.matchAll(LOOSE_CODE), ([, code = '']) => code) : [];
  into.codes.push(...loose, ...(own.match(EXCEPTION) ?? []));
}

const texts = (object: JsonObject, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const value = object[name];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });

function visitObject(object: JsonObject, into: Gathered, depth: number): void {
  for (const name of SENTENCES) {
    const value = object[name];
    // A reason of one word is a code.
    if (typeof value === 'string' && (name !== 'reason' || /\s/.test(value))) visitText(value, into, depth);
  }
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === 'object' && !BESIDE.has(name)) visit(value, into, depth + 1);
  }
  if (object['flagged_input'] !== undefined) into.codes.push('flagged_input');
  into.codes.push(
    ...texts(object, CODES).flatMap((code) => (/\s/.test(code) || EMPTY_CODES.test(code) ? [] : [code.replace(/.*#/, '')])),
  );
  into.quotas.push(...texts(object, QUOTAS), ...texts(object, QUOTA_VALUES).map((most) => `limit: ${most}`));
  const place: unknown = Array.isArray(object['loc']) ? object['loc'].findLast((step) => typeof step === 'string') : undefined;
  into.params.push(...texts({ place, ...object }, [...PARAMS, 'place']).filter((name) => name !== ''));
  for (const [names, unitMs] of WAITS) {
    into.waits.push(...names.flatMap((name) => waitOf(object[name], unitMs, into.now) ?? []));
  }
}

function visit(value: unknown, into: Gathered, depth: number): void {
  into.visits += 1;
  if (depth > MAX_DEPTH || into.visits > MAX_VISITS) return;
  if (typeof value === 'string') visitText(value, into, depth);
  else if (Array.isArray(value)) for (const one of value.slice(0, MAX_VISITS)) visit(one, into, depth + 1);
  else if (isObject(value)) visitObject(value, into, depth);
}

/** Reads an error body: parsed JSON where it was JSON, else its text. `now` is in epoch milliseconds. Never throws. */
export function readVendorError(body: unknown, now: number): VendorError {
  const into: Gathered = { now, said: [], codes: [], quotas: [], params: [], waits: [], visits: 0 };
  visit(body, into, 0);
  const { said, codes, quotas } = into;
  return { message: said.join(' '), codes, quotas, ...defined({ param: into.params[0], retryAfterMs: into.waits[0] }) };
}
