import { answer, failureUnder200, flood, raw, unstreamed, withHeaders } from '../support/reply.ts';
import type { Fault } from './fault.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** What Bedrock answers whole it answers under another address: here nobody can have meant it. */
const NOT_FRAMES = { 'bedrock-converse': 'upstream' } as const;

/** What is wrong with a body that comes under the status 200. */
export const bodyFaults: readonly Fault[] = [
  {
    name: '200 with an error object',
    content: failureUnder200({ status: 429, message: 'Slow down, please.' }),
    ends: 'rate_limited',
    except: NOT_FRAMES,
  },
  {
    name: '200 with an empty stream',
    content: (dialect) => raw(200, { 'content-type': dialect.framing.contentType }, '')(dialect, {}),
    ends: 'upstream',
  },
  { name: '200 with an empty JSON body', content: raw(200, JSON_TYPE, ''), ends: 'upstream' },
  { name: '200 with an empty JSON object', content: raw(200, JSON_TYPE, '{}'), ends: 'upstream' },
  { name: '200 with invalid JSON', content: raw(200, JSON_TYPE, '{"choices": [{'), ends: 'upstream' },
  {
    name: '200 with a web page',
    content: raw(200, { 'content-type': 'text/html' }, '<html>Welcome to our Wi-Fi</html>'),
    ends: 'upstream',
  },
  {
    name: '200 with a wrong content type',
    content: withHeaders({ 'content-type': 'text/plain' }, answer()),
    // It is read by what it is; frames of bytes are believed by their type alone.
    ends: 'answer',
    except: { 'bedrock-converse': 'upstream' },
  },
  { name: '200 with an endless JSON body', content: flood(200, 'application/json'), ends: 'upstream' },
  {
    name: '200 with an endless stream',
    content: (dialect, request) => flood(200, dialect.framing.contentType)(dialect, request),
    ends: 'upstream',
  },
  { name: 'thinking only', content: answer({ thinking: ['Hm,', ' hm.'], text: [] }), ends: 'empty' },
  { name: 'white space only', content: answer({ text: ['', ' \n'] }), ends: 'empty' },
  { name: 'no text at all', content: answer({ text: [] }), ends: 'empty' },
  { name: 'stopped by length with no text', content: answer({ text: [], stop: 'length' }), ends: 'empty' },
  { name: 'a refusal without words', content: answer({ text: [], stop: 'refused' }), ends: 'refused' },
  { name: 'a refusal in words', content: answer({ text: ['I would', ' rather not.'], stop: 'refused' }), ends: 'answer' },
  {
    name: 'JSON in place of a stream',
    content: unstreamed(),
    ends: 'answer',
    except: NOT_FRAMES,
  },
];
