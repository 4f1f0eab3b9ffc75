import { join } from './join.ts';
import type { Connect, Site } from './wire.ts';

/** A placeholder: the real key is put in by `fetch`, so that the SDK never holds it. */
const NO_KEY = 'set-by-fetch';

/**
 * OpenAI's SDK for one endpoint, posting to `path`. Hermetic: every option that the SDK would read from the environment
 * (key, organisation, project, base URL, log level) is given here.
 */
export const connectOpenAI = async (
  fetch: Parameters<Connect>[0],
  { baseUrl: baseURL, extraBody }: Site,
  path: string,
): ReturnType<Connect> => {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    apiKey: NO_KEY,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL,
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    // The engine's deadlines rule: the SDK's own does not bound a stalled stream.
    timeout: 2 ** 31 - 1,
  });
  return (body, signal) => client.post<AsyncIterable<unknown>>(path, { body: join(body, extraBody), signal, stream: true });
};
