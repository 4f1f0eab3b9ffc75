import type { ReplayRow } from '../replay-row.ts';
import { sse } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

const said = (code: number, status: string, message: string, ...details: object[]): object => ({
  error: { code, message, status, ...(details.length === 0 ? {} : { details }) },
});

const info = (reason: string): object => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'googleapis.com',
});

const quota = (quotaId: string, quotaValue: string): object => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generativelanguage.googleapis.com/requests', quotaId, quotaValue }],
});

const delay = (retryDelay: string): object => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });

const EXCEEDED = 'You exceeded your current quota, please check your plan and billing details.';

const SCHEMA = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };

const saying = (text: string) => ({
  events: sse(JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }] })),
});

export const GOOGLE_ERRORS: readonly ReplayRow[] = [
  ...errorRows('Google', 'google', [
    [
      'a limit of the minute, with its wait in the details',
      429,
      said(429, 'RESOURCE_EXHAUSTED', EXCEEDED, quota('GenerateRequestsPerMinutePerProject', '15'), delay('0.02s')),
      'rate_limited',
      'current quota',
    ],
    [
      'a limit of the day, with a wait that would be in vain',
      429,
      said(429, 'RESOURCE_EXHAUSTED', EXCEEDED, quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier', '250'), delay('34s')),
      'rate_limited',
      'current quota',
      {
        asks: 1,
        remedy: /when the limit begins anew/,
        notes: [/left alone for .*, until \d{4}-/],
        never: ['for 34 s'],
      },
    ],
    [
      'a model of which the plan has nothing',
      429,
      said(
        429,
        'RESOURCE_EXHAUSTED',
        `${EXCEEDED} Quota exceeded for metric: requests, limit: 0, model: sim-1. Please retry in 41.2s.`,
      ),
      'no_credit',
      'limit: 0',
      { remedy: /enable billing or a plan that has the model/, never: ['left alone'] },
    ],
    [
      'a prompt above the context',
      400,
      said(400, 'INVALID_ARGUMENT', 'The input token count (1100042) exceeds the maximum number of tokens allowed (1048576).'),
      'too_long',
      '1100042',
    ],
    [
      'a key that is none, as a bad request',
      400,
      said(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', info('API_KEY_INVALID')),
      'auth',
      'API key not valid',
    ],
    [
      'a key that was found in public',
      403,
      said(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'),
      'auth',
      'reported as leaked',
      { remedy: /make a new key at the provider’s console/ },
    ],
    [
      'a place from which it may not be called',
      400,
      said(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
      'forbidden',
      'location is not supported',
      { remedy: /name a model of another provider/ },
    ],
    [
      'an API that was never switched on',
      403,
      said(
        403,
        'PERMISSION_DENIED',
        'The API has not been used in project 1 before or it is disabled.',
        info('SERVICE_DISABLED'),
      ),
      'forbidden',
      'has not been used in project',
      { remedy: /do there what the provider asks for/ },
    ],
    [
      'a project without billing',
      403,
      said(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.', info('BILLING_DISABLED')),
      'no_credit',
      'requires billing',
    ],
    [
      'a model that nobody knows',
      404,
      said(404, 'NOT_FOUND', 'models/sim-9.1 is not found for this API version.'),
      'not_found',
      'models/sim-9.1',
    ],
    [
      'a model that is overloaded',
      503,
      said(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
      'overloaded',
      'model is overloaded',
    ],
    ['a server that tripped', 500, said(500, 'INTERNAL', 'An internal error has occurred.'), 'upstream', 'internal error'],
    ['a deadline of the vendor’s own', 504, said(504, 'DEADLINE_EXCEEDED', 'The request timed out.'), 'upstream', 'timed out'],
    [
      'a field that nobody knows',
      400,
      said(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "frobnicate": Cannot find field.'),
      'unsupported',
      'Cannot find field',
    ],
  ]),
  {
    vendor: 'Google',
    provider: 'google',
    what: 'a schema with too many states',
    ask: { schema: SCHEMA },
    reply: {
      status: 400,
      body: said(400, 'INVALID_ARGUMENT', 'The specified schema produces a constraint that has too many states for serving.'),
    },
    later: [saying('{"a":42}')],
    expect: { text: '{"a":42}', asks: 2, notes: ['json_schema sent in words'] },
  },
  {
    vendor: 'Google',
    provider: 'google',
    model: 'gemma-3-27b-it',
    what: 'a model without system prompts',
    ask: { system: 'Be brief.' },
    reply: { status: 400, body: said(400, 'INVALID_ARGUMENT', 'Developer instruction is not enabled for models/gemma-3-27b-it') },
    later: [saying('forty-two')],
    expect: { text: 'forty-two', asks: 2, notes: ['system sent with the prompt'] },
  },
];
