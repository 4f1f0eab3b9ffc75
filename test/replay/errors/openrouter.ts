import type { ReplayRow } from '../replay-row.ts';
import { errorRows, told } from './error-rows.ts';

export const OPENROUTER_ERRORS: readonly ReplayRow[] = errorRows('OpenRouter', 'openrouter', [
  [
    'a balance that affords a shorter answer',
    402,
    told('This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 3021.', {
      code: 402,
    }),
    'no_credit',
    'can only afford 3021',
    { remedy: /max_tokens of at most 3021 fits/ },
  ],
  [
    'a key with a limit of its own',
    403,
    told('Key limit exceeded (total limit). Manage it in your settings.', { code: 403 }),
    'no_credit',
    'Key limit exceeded',
  ],
  [
    'a prompt that its moderation flags',
    403,
    told('The model requires moderation.', {
      code: 403,
      metadata: { reasons: ['violence'], flagged_input: 'so and so', provider_name: 'Acme' },
    }),
    'refused',
    'requires moderation',
  ],
  [
    'free calls of the day',
    429,
    told('Rate limit exceeded: free-models-per-day. Add 10 credits to unlock more requests per day', {
      code: 429,
      metadata: { headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '4102444800000' } },
    }),
    'rate_limited',
    'free-models-per-day',
    { asks: 1, remedy: /when the limit begins anew/, notes: [/left alone for .*, until \d{4}-\d\d-\d\d 00:00 UTC/] },
  ],
  [
    'a provider behind it that limits',
    429,
    told('Provider returned error', {
      code: 429,
      metadata: { raw: 'sim-1 is temporarily rate-limited upstream. Please retry shortly.', provider_name: 'Acme' },
    }),
    'rate_limited',
    'temporarily rate-limited upstream',
  ],
  [
    'a provider behind it whose error is JSON',
    400,
    told('Provider returned error', {
      code: 400,
      metadata: {
        raw: '{"error":{"message":"prompt is too long: 210045 tokens > 200000 maximum","type":"invalid_request_error"}}',
        provider_name: 'Acme',
      },
    }),
    'too_long',
    '210045 tokens',
  ],
  [
    'a data policy that nobody meets',
    404,
    told('No endpoints found matching your data policy. Configure it at https://openrouter.example/settings/privacy', {
      code: 404,
    }),
    'forbidden',
    'matching your data policy',
    { remedy: /change the privacy settings/, never: ['does not know this model'] },
  ],
  [
    'an ability that nobody has',
    404,
    told('No endpoints found that support image input', { code: 404 }),
    'unsupported',
    'support image input',
    { remedy: /nobody who serves this model with all that the request asks for/ },
  ],
  [
    'a model that nobody serves',
    404,
    told('No endpoints found for acme/sim-9.1.', { code: 404 }),
    'not_found',
    'No endpoints found',
  ],
  [
    'a model id that is none',
    400,
    told('acme/sim-9.1 is not a valid model ID', { code: 400 }),
    'not_found',
    'not a valid model ID',
  ],
  [
    'an error under the status 200',
    200,
    told('Internal Server Error', { code: 502, metadata: { provider_name: 'Acme' } }),
    'upstream',
    'Internal Server Error',
  ],
  [
    'a prompt above the context',
    400,
    told("This endpoint's maximum context length is 131072 tokens. However, you requested about 150000 tokens.", { code: 400 }),
    'too_long',
    'maximum context length',
  ],
]);
