import type { ReplayRow } from '../replay-row.ts';

export const OPENAI_ERRORS: readonly ReplayRow[] = [
  {
    vendor: 'OpenAI',
    provider: 'openai',
    what: 'an account without credit, under the status of a rate limit',
    reply: {
      status: 429,
      body: {
        error: {
          message: 'You exceeded your current quota, please check your plan and billing details.',
          type: 'insufficient_quota',
          param: null,
          code: 'insufficient_quota',
        },
      },
    },
    expect: { kind: 'no_credit', remedy: /add credit/i, notes: ['exceeded your current quota'] },
  },
];
