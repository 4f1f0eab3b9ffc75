import type { ReplayRow } from '../replay-row.ts';
import { errorRows } from './error-rows.ts';

/** A whole answer of a chat. */
const whole = (text: string) => ({
  body: { model: 'sim-1', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] },
});

export const MISTRAL_ERRORS: readonly ReplayRow[] = [
  ...errorRows('Mistral', 'mistral', [
    [
      'a prompt above the context',
      400,
      {
        object: 'error',
        message: 'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
        type: 'invalid_request_prompt',
        code: '3051',
      },
      'too_long',
      '40000 tokens',
    ],
    [
      'a field that is out of range, told in a list',
      422,
      { detail: [{ type: 'greater_than', loc: ['body', 'top_k'], msg: 'Input should be greater than 0' }] },
      'bad_request',
      'greater than 0',
      { remedy: /rejected the request because of top_k/ },
    ],
    [
      'a rate',
      429,
      { object: 'error', message: 'Requests rate limit exceeded', type: 'rate_limited', code: '1300' },
      'rate_limited',
      'rate limit exceeded',
    ],
    [
      'a tier without capacity',
      429,
      {
        object: 'error',
        message: 'Service tier capacity exceeded for this model.',
        type: 'service_tier_capacity_exceeded',
        code: '3505',
      },
      'rate_limited',
      'capacity exceeded',
    ],
    ['a key that is none', 401, { detail: 'Unauthorized' }, 'auth', 'Unauthorized'],
    [
      'a model that nobody knows',
      400,
      { object: 'error', message: 'Invalid model: sim-9.1', type: 'invalid_model', code: '1500' },
      'not_found',
      'Invalid model',
    ],
    [
      'a server that is out',
      502,
      '<html><head><title>502 Bad Gateway</title></head><body></body></html>',
      'upstream',
      '502 Bad Gateway',
    ],
  ]),
  {
    vendor: 'Mistral',
    provider: 'mistral',
    what: 'a temperature out of range, in a message that is an object',
    ask: { temperature: 1.5 },
    reply: {
      status: 422,
      body: {
        object: 'error',
        message: {
          detail: [{ type: 'less_than_equal', loc: ['body', 'temperature'], msg: 'Input should be less than or equal to 1' }],
        },
        type: 'invalid_request_error',
      },
    },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2, notes: ['temperature 1.5 was left out'] },
  },
];
