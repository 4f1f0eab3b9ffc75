import { defined } from '../core/defined.ts';
import { Failure, type FailureFacts, type FailureKind } from '../core/errors.ts';
import { ACCOUNT_RULES } from './account-rules.ts';
import type { Blamed } from './blamed.ts';
import { untilDayBegins } from './day-begins.ts';
import { kindOfCode, kindOfStatus } from './kinds.ts';
import { quotable } from './quotable.ts';
import { REQUEST_RULES } from './request-rules.ts';
import type { Rule } from './rule.ts';
import { isPathUnknown } from './unknown-path.ts';
import { readVendorError, type VendorError } from './vendor-error.ts';
import { waitInText } from './wait-text.ts';
import { withoutAddresses } from './words.ts';

export type Refusal = {
  status: number;
  body: unknown;
  /** A machine-readable code that came beside the body (AWS sends it in a header). */
  code?: string | null;
  retryAfterMs?: number | undefined;
  /** Epoch milliseconds. */
  now?: number;
};

/** Tried one after the other: the first that applies tells the kind. Words are read without the addresses in them. */
const RULES: readonly Rule[] = [...ACCOUNT_RULES, ...REQUEST_RULES];

/** What was found out about a failure: its kind, the rule that told it, and the wait that the vendor asks for. */
type Finding = { kind: FailureKind; rule?: Rule; found: RegExpExecArray | null; waitMs?: number };

/** The kind that status and codes tell, and whether the vendor's own row told it. */
function coded({ status, code: beside }: Refusal, { codes: within }: VendorError, { errorCodes = {} }: Blamed) {
  const codes = [...(beside ? [beside] : []), ...within];
  const own = codes.flatMap((code) => errorCodes[code] ?? [])[0];
  if (own !== undefined) return { kind: own, isOwn: true };
  // A name says more than a number, which is a status.
  const named = codes.toSorted((a, b) => Number(/^\d+$/.test(a)) - Number(/^\d+$/.test(b)));
  const known = named.flatMap((code) => kindOfCode(code) ?? []);
  // A code that only says `error` (api_error, server_error) says less than the status that it came with.
  return { kind: known.find((kind) => kind !== 'upstream') ?? kindOfStatus(status), isOwn: false };
}

const matches = ({ words }: Rule, text: string): boolean => (typeof words === 'function' ? words(text) : words.test(text));

/** What is known of a failure before its words are read: the kind, and the wait in milliseconds that the vendor states. */
type Known = { base: FailureKind; isOwn: boolean; status: number; stated: number | undefined };

function applies(rule: Rule, text: string, { base, isOwn, status, stated }: Known): boolean {
  // An error under a good status has nothing but its words.
  const open = rule.among.includes(base) || (status < 400 && base === 'upstream' && rule.among.includes('bad_request'));
  if (!open || !matches(rule, text) || rule.unless?.test(text)) return false;
  return !(rule.yields && base === 'rate_limited' && (isOwn || stated !== undefined));
}

/** The wait after a failure. Under a limit of the day some vendors state only when the next call may be tried, in vain. */
function waitOf({ over }: Rule, stated: number | undefined, { quotas }: VendorError, { dayBegins }: Blamed, now: number) {
  if (over === 'never') return undefined;
  if (over === 'another day' && dayBegins !== undefined) return untilDayBegins(dayBegins, now);
  return over === 'another day' && quotas.some((quota) => /PerDay/i.test(quota)) ? undefined : stated;
}

function findingOf(refusal: Refusal, error: VendorError, blamed: Blamed, now: number): Finding {
  const text = withoutAddresses([error.message, ...error.quotas].join(' '));
  const stated = refusal.retryAfterMs ?? error.retryAfterMs ?? waitInText(text, now);
  const { kind: base, isOwn } = coded(refusal, error, blamed);
  const known = { base, isOwn, status: refusal.status, stated };
  const rule = RULES.find((one) => applies(one, text, known));
  const waitMs = rule === undefined ? stated : waitOf(rule, stated, error, blamed, now);
  const found = rule !== undefined && typeof rule.words !== 'function' ? rule.words.exec(text) : null;
  return { kind: rule?.kind ?? base, found, ...defined({ rule, waitMs }) };
}

const key = ({ credential }: Blamed): string => credential ?? 'the request, which carried no key';

type Say = (blamed: Blamed, param?: string) => string;

const SAY: Partial<Record<FailureKind, Say>> = {
  auth: (blamed) => `${blamed.title} refused ${key(blamed)}`,
  no_credit: (blamed) => `${blamed.title} says that the account has no credit or quota left`,
  forbidden: (blamed) => `${blamed.title} does not allow this for ${key(blamed)}`,
  not_found: (blamed) => `${blamed.title} does not know this model or address`,
  bad_request: (blamed, param) => `${blamed.title} rejected the request${param ? ` because of ${param}` : ''}`,
  unsupported: (blamed, param) => `${blamed.title} does not take ${param ?? 'something in the request'} for this model`,
  too_long: (blamed) => `The prompt is longer than this model at ${blamed.title} takes`,
  refused: (blamed) => `${blamed.title} refused to answer this request`,
  rate_limited: (blamed) => `${blamed.title} limits how often it may be called`,
  overloaded: (blamed) => `${blamed.title} is overloaded`,
  timeout: (blamed) => `${blamed.title} gave up waiting`,
  network: (blamed) => `Something between here and ${blamed.title} wants to know who is calling`,
};

/** The host of an address, without what it may say of who signs in. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/** A key is as often one of another site of the same vendor as it is a wrong one. */
function atTheConsole({ credential, baseUrl = '' }: Blamed): string {
  if (!credential?.startsWith('the key')) return '';
  const host = hostOf(baseUrl);
  return `: check it at the provider’s console${host === '' ? '' : `, and that it is one for ${host}`}`;
}

/** What an answer says where it says nothing in a sentence: the body itself. */
function bodyText(body: unknown): string {
  if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) return '';
  try {
    return JSON.stringify(body) ?? '';
  } catch {
    // Nested deeper than can be written.
    return '';
  }
}

/** A name is quoted where it is one: what stands where a parameter's name should be may be anything. */
const nameOf = (param: string | undefined, { secrets }: Blamed): string | undefined =>
  param === undefined ? undefined : quotable(param, secrets);

/** The parameter an error names in prose: `Unsupported parameter: 'temperature' is not supported`. */
const PARAM =
  /(?:parameter|argument|field|value|property)s?:? *[`'"“]([\w.]+)[`'"”]|[`'"“]([\w.]+)[`'"”] (?:is|does) not support/i;

function paramOf({ param, message }: VendorError): string | undefined {
  const named = PARAM.exec(message);
  return param ?? named?.[1] ?? named?.[2];
}

/** An authored failure for what a vendor answered, with the vendor's words kept apart and bounded. Pure but for the clock. */
export function classify(refusal: Refusal, blamed: Blamed): Failure {
  const { status, body, now = Date.now() } = refusal;
  const error = readVendorError(body, now);
  const { kind, rule, found, waitMs } = findingOf(refusal, error, blamed, now);
  const param = nameOf(paramOf(error), blamed);
  const say = rule?.says ?? SAY[kind] ?? ((who: Blamed) => `${who.title} failed to answer`);
  const remedy = kind === 'auth' && rule?.says === undefined ? atTheConsole(blamed) : '';
  const facts: FailureFacts = defined({
    status: status >= 400 ? status : undefined,
    retryAfterMs: waitMs,
    shouldRetry: rule?.over !== undefined && waitMs === undefined ? false : undefined,
    param,
    unserved: rule?.unserved ?? (isPathUnknown(status, error) ? 'here' : undefined),
    advice: rule?.advice?.(blamed, found),
    vendorSaid: quotable(error.message || bodyText(body), blamed.secrets) || undefined,
  });
  return new Failure(kind, `${say(blamed, param)}${status >= 400 ? ` (${status})` : ''}${remedy}`, facts);
}
