import type { Trouble } from '../script.ts';

const SAYS: Record<number, { type: string; code: string | null; message: string }> = {
  400: { type: 'invalid_request_error', code: null, message: 'Your request was malformed.' },
  401: {
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message: 'Incorrect API key provided.',
  },
  402: { type: 'insufficient_balance', code: null, message: 'Insufficient balance.' },
  403: {
    type: 'invalid_request_error',
    code: 'unsupported_country_region_territory',
    message: 'Region not supported.',
  },
  404: {
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: 'The model does not exist.',
  },
  429: {
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: 'Rate limit reached for requests.',
  },
};

/** An error as OpenAI writes it, on both of its wires. */
export function openaiTrouble({ status, message, code, param }: Trouble): object {
  const usual = SAYS[status] ?? {
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    code: null,
    message: `The server answered ${status}.`,
  };
  return {
    error: {
      message: message ?? usual.message,
      type: code === 'insufficient_quota' ? code : usual.type,
      param: param ?? null,
      code: code ?? usual.code,
    },
  };
}
