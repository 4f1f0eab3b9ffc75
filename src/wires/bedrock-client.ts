import { Readable } from 'node:stream';
import { Failure } from '../core/errors.ts';
import { missingPackage } from '../core/missing-package.ts';
import { join } from './join.ts';
import type { Connect, Fetch } from './wire.ts';

const load = async () => {
  try {
    return await import('@aws-sdk/client-bedrock-runtime');
  } catch (error) {
    throw missingPackage(
      '@aws-sdk/client-bedrock-runtime',
      'Bedrock is asked in Amazon’s own protocol',
      'or name one of its models of OpenAI, which need no more than AWS_BEARER_TOKEN_BEDROCK',
      error,
    );
  }
};

/** What the SDK hands to whoever sends its requests, as far as it matters here. */
type SdkRequest = {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
};

/** The SDK hands a body over as text or as its bytes. */
const bodyText = (body: unknown): string => (body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body));

/** The SDK's way of sending a request, by our fetch: the one place where time, size and errors are looked after. */
const sender = (fetch: Fetch) => ({
  async handle(request: SdkRequest, { abortSignal }: { abortSignal?: unknown } = {}) {
    const port = request.port === undefined ? '' : `:${request.port}`;
    const response = await fetch(`${request.protocol}//${request.hostname}${port}${request.path}`, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: bodyText(request.body) }),
      ...(abortSignal instanceof AbortSignal ? { signal: abortSignal } : {}),
    });
    const headers = Object.fromEntries(response.headers);
    return {
      response: {
        statusCode: response.status,
        headers,
        body: response.body === null ? Readable.from([]) : Readable.fromWeb(response.body),
      },
    };
  },
});

const noCredentials = (error: unknown): Failure =>
  new Failure(
    'auth',
    'AWS gave no credentials: sign in (aws sso login), set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set AWS_BEARER_TOKEN_BEDROCK',
    { cause: error },
  );

/**
 * Amazon's SDK for one endpoint. Where requests are signed, it finds the credentials of the machine and signs (SigV4); a bearer
 * key is put in by `fetch`, and the SDK holds a placeholder. Everything else is ours.
 */
export const connectBedrock: Connect = async (fetch, { baseUrl, settings, extraBody, signed }) => {
  const { BedrockRuntimeClient, ConverseStreamCommand } = await load();
  const client = new BedrockRuntimeClient({
    region: settings['region'] ?? 'us-east-1',
    endpoint: baseUrl,
    // Said here, because the SDK reads them from the environment otherwise; another address is for BEDROCK_BASE_URL to say.
    ...(signed
      ? { authSchemePreference: ['sigv4'] }
      : { authSchemePreference: ['httpBearerAuth'], token: { token: 'set-by-fetch' } }),
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    maxAttempts: 1,
    requestHandler: sender(fetch),
  });
  return async ({ modelId, ...body }, abortSignal) => {
    const extra = extraBody === undefined ? {} : { additionalModelRequestFields: extraBody };
    const input = { ...join(body, extra), modelId: String(modelId) };
    try {
      const { stream } = await client.send(new ConverseStreamCommand(input), { abortSignal });
      if (stream === undefined) throw new Failure('upstream', 'Amazon Bedrock sent no stream');
      return stream;
    } catch (error) {
      throw error instanceof Error && error.name === 'CredentialsProviderError' ? noCredentials(error) : error;
    }
  };
};
