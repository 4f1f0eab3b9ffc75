import type { Content } from '../support/reply.ts';
import { answer, complaint, failure, raw, withHeaders } from '../support/reply.ts';
import type { Ending, Fault } from './fault.ts';

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

const status = (code: number, ends: Ending, name = String(code)): Fault => ({ name, content: failure({ status: code }), ends });

const limited = (form: string, headers: () => Record<string, string>, retryAfterMs: readonly [number, number]): Fault => ({
  name: `429 with Retry-After ${form}`,
  content: (dialect, request) => withHeaders(headers(), failure({ status: 429 }))(dialect, request),
  ends: 'rate_limited',
  retryAfterMs,
});

/** Objects to the temperature as long as there is one. */
const noTemperature: Content = (dialect, request) => {
  const objection = { status: 400, param: 'temperature', message: "Unsupported value: 'temperature' must be 1 here." };
  const sent = JSON.stringify(request).includes('"temperature"');
  return (sent ? failure(objection) : answer())(dialect, request);
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 1440 * MINUTE;

/** What a vendor says with a status. */
export const statusFaults: readonly Fault[] = [
  {
    name: '400 naming a parameter',
    content: failure({ status: 400, param: 'top_k', message: "Invalid value for parameter 'top_k'." }),
    ends: 'bad_request',
  },
  { name: '400 naming a parameter that can be left out', content: noTemperature, ends: 'answer' },
  {
    name: '400 naming an unsupported parameter',
    content: failure({ status: 400, param: 'top_k', message: "Unsupported parameter: 'top_k' is not supported." }),
    ends: 'unsupported',
  },
  { name: '400 too long', content: complaint('tooLong'), ends: 'too_long' },
  status(401, 'auth'),
  status(402, 'no_credit'),
  status(403, 'forbidden'),
  status(404, 'not_found', '404 model'),
  status(408, 'timeout'),
  status(409, 'upstream'),
  status(413, 'too_long'),
  { name: '413 without a body', content: raw(413, {}, ''), ends: 'too_long' },
  status(422, 'bad_request'),
  limited('in seconds', () => ({ 'retry-after': '7' }), [7 * SECOND, 7 * SECOND]),
  limited('in milliseconds', () => ({ 'retry-after-ms': '1500' }), [1500, 1500]),
  limited('as a date', () => ({ 'retry-after': new Date(Date.now() + MINUTE).toUTCString() }), [30 * SECOND, MINUTE]),
  limited('a day away', () => ({ 'retry-after': '86400' }), [DAY, DAY]),
  status(429, 'rate_limited', '429 without Retry-After'),
  {
    name: '429 quota',
    content: (dialect, request) => complaint('noCredit')(dialect, request),
    ends: 'no_credit',
    except: { 'bedrock-converse': { skip: 'AWS sends a bill afterwards' } },
  },
  status(500, 'upstream'),
  { name: '502 with a web page', content: raw(502, { 'content-type': 'text/html' }, PAGE), ends: 'upstream' },
  status(503, 'overloaded'),
  status(504, 'upstream'),
  status(529, 'overloaded'),
];
