import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

/** A whole answer of a chat. */
const whole = (text: string) => ({
  body: { model: 'sim-1', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] },
});

export const LLAMACPP_ERRORS: readonly ReplayRow[] = [
  ...errorRows('llama.cpp', 'llamacpp', [
    [
      'a prompt above the context',
      400,
      told('the request exceeds the available context size. try increasing the context size', {
        code: 400,
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9000,
        n_ctx: 4096,
      }),
      'too_long',
      'available context size',
    ],
    [
      'a prompt above the context, as a failure of the server',
      500,
      told('the request exceeds the available context size', { code: 500, type: 'server_error' }),
      'too_long',
      'available context size',
    ],
    [
      'a model that is loading',
      503,
      told('Loading model', { code: 503, type: 'unavailable_error' }),
      'overloaded',
      'Loading model',
    ],
    [
      'a grammar that it cannot parse',
      400,
      told('failed to parse grammar', { code: 400, type: 'invalid_request_error' }),
      'bad_request',
      'failed to parse grammar',
    ],
    ['a key that is none', 401, told('Invalid API Key', { code: 401, type: 'authentication_error' }), 'auth', 'Invalid API Key'],
  ]),
  {
    vendor: 'llama.cpp',
    provider: 'llamacpp',
    what: 'a template without system prompts, as a failure of the server',
    ask: { system: 'Be brief.' },
    reply: { status: 500, body: told('Jinja Exception: System role not supported', { code: 500, type: 'server_error' }) },
    later: [whole('forty-two')],
    expect: { text: 'forty-two', asks: 2, notes: ['system sent with the prompt'] },
  },
];
