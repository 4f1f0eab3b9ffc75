import { isObject, type JsonObject } from '../core/json-object.ts';

/** Wrappers that vendors and the gateways before them put around an answer or an error. All of it is untrusted. */

const isFull = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** Fields that only an answer has, or a piece of one. */
const OF_ANSWERS = ['choices', 'candidates', 'output', 'content', 'delta', 'usageMetadata', 'promptFeedback'];

/** Tells whether this is an answer or a piece of one, in the form of any wire. */
export const isAnswer = (value: unknown): boolean => isObject(value) && OF_ANSWERS.some((name) => isFull(value[name]));

/** Fields in which gateways put the whole answer of the vendor behind them. */
const WRAPPERS = ['data', 'result', 'response', 'body'];

/** The answer, or the list of its pieces, without a wrapper around it; anything else as it is. */
export function withoutWrapper(value: unknown): unknown {
  if (!isObject(value) || isAnswer(value)) return value;
  const inner = WRAPPERS.map((name) => value[name]).find((one) => isAnswer(one) && !('type' in value));
  return inner ?? value;
}

/** Numbers and words that say that all is well, where a field could also say what went wrong. */
const FINE: ReadonlySet<unknown> = new Set([undefined, null, '', 0, 200, '0', '200', 'ok', 'OK', 'success', 'Success']);

const NEGATIVE: ReadonlySet<unknown> = new Set(['error', 'failed', 'fail', 'failure']);

/** Fields in which an error is told in words, and fields in which it has a code. */
const WORDS = ['message', 'msg', 'detail', 'details', 'error_msg', 'error_message', 'errorMessage', 'Message', 'status_msg'];
const CODES = ['code', 'status_code', 'error_code', 'errorCode', 'Code', 'error_type', '__type'];

const isSaid = (value: unknown): boolean => (typeof value === 'string' || Array.isArray(value)) && isFull(value);

/** Tells whether an object that is no piece of an answer says plainly that something went wrong. */
function complains(value: JsonObject): boolean {
  const { success, ok, type, object, status } = value;
  if (success === false || ok === false || NEGATIVE.has(type) || NEGATIVE.has(object)) return true;
  if (NEGATIVE.has(status)) return object !== 'response';
  const coded = CODES.some((name) => ['string', 'number'].includes(typeof value[name]) && !FINE.has(value[name]));
  return (coded || Number(status) >= 400) && WORDS.some((name) => isSaid(value[name]));
}

/**
 * The error that an event or a body of a good status holds, to be classified; undefined: it holds none. Only what says so
 * plainly is one: what nobody knows is passed over.
 */
export function faultIn(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const { error, errors, base_resp: verdict } = value;
  if (error === true || isFull(error)) return value;
  // MiniMax puts a verdict beside every answer.
  if (isObject(verdict) && !FINE.has(verdict['status_code'])) return value;
  if (isAnswer(value)) return undefined;
  return (Array.isArray(errors) && errors.length > 0) || complains(value) ? value : undefined;
}

/** The same for a whole body: words alone are an error there, because an answer would have more. */
export function faultOf(body: unknown): unknown {
  const allWords = isObject(body) && isFull(body) && Object.keys(body).every((name) => WORDS.includes(name));
  return faultIn(body) ?? (allWords ? body : undefined);
}
