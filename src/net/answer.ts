import { Failure } from '../core/errors.ts';
import { clip } from '../core/text.ts';
import { readText } from './body.ts';
import { classify } from './classify.ts';
import type { Endpoint } from './endpoint.ts';
import { isPage, pageFailure } from './page.ts';
import { quotable } from './quotable.ts';
import { type HeaderLookup, retryAfterMs } from './retry-after.ts';

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An answer in one JSON body, although a stream was asked for, as the events of a stream: the wires read only streams.
 * A 200 may carry an error object (OpenRouter), so the status alone proves nothing.
 */
function asEvents(text: string, endpoint: Endpoint, event: string): string {
  const body = asJson(text);
  if (typeof body !== 'object' || body === null) {
    throw new Failure('upstream', `${endpoint.title} answered with something that is not JSON although it said so`);
  }
  const parts: unknown[] = Array.isArray(body) ? body : [body];
  for (const part of parts) {
    if (typeof part === 'object' && part !== null && 'error' in part && part.error)
      throw classify({ status: 200, body: part }, endpoint);
  }
  const name = event === '' ? '' : `event: ${event}\n`;
  return parts.map((part) => `${name}data: ${JSON.stringify(part)}\n\n`).join('');
}

const wrongType = (endpoint: Endpoint, type: string): Failure =>
  new Failure(
    'upstream',
    `${endpoint.title} answered with ${clip(quotable(type, endpoint.secrets), 60)} instead of a model's answer: is ${new URL(endpoint.baseUrl).origin} the address of an API?`,
    { shouldRetry: false, remedied: true, unserved: 'here' },
  );

const redirected = ({ title }: Endpoint, status: number): Failure =>
  new Failure(
    'upstream',
    `${title} sent a redirect (${status}), which is not followed because it would carry the key elsewhere: set the base URL to the final address`,
    { status, shouldRetry: false, remedied: true },
  );

/** What came back, before anyone has judged it. */
export type Exchange = { endpoint: Endpoint; status: number; header: HeaderLookup; stream: ReadableStream<Uint8Array> };

const EVENTS = 'text/event-stream';

const eventStream = (body: ReadableStream<Uint8Array> | string, type: string): Response =>
  new Response(body, { headers: { 'content-type': type } });

/** Event streams in text, and AWS's in binary frames; servers that name no type mean the first. */
const STREAMS = /^(?:text\/event-stream|application\/vnd\.amazon\.eventstream|$)/i;

/** OpenAI's and Anthropic's servers say so where they know better than the status. */
const SHOULD_RETRY: Readonly<Record<string, boolean>> = { true: true, false: false };

const isJson = /\bjson\b/i;

/** The failure that a refusing status, and the body that came with it, amount to. */
async function refusal({ endpoint, status, header, stream }: Exchange): Promise<Failure> {
  if (status < 400) {
    await stream.cancel();
    return redirected(endpoint, status);
  }
  const text = await readText(stream);
  if (isPage(text)) return pageFailure(status, text, header, endpoint);
  const wait = retryAfterMs(header, Date.now());
  const failure = classify(
    { status, body: asJson(text) ?? text, code: header('x-amzn-errortype'), retryAfterMs: wait },
    endpoint,
  );
  const again = SHOULD_RETRY[header('x-should-retry') ?? ''];
  // What cannot change does not because a vendor is polite.
  return again === undefined || failure.facts.shouldRetry === false ? failure : failure.with({ shouldRetry: again });
}

const isGood = ({ status }: Exchange): boolean => status >= 200 && status < 300;

/** The text of a good JSON answer; throws the failure that anything else amounts to. */
async function jsonText(came: Exchange): Promise<string> {
  if (!isGood(came)) throw await refusal(came);
  const type = came.header('content-type') ?? '';
  if (isJson.test(type)) return readText(came.stream);
  await came.stream.cancel();
  throw wrongType(came.endpoint, type);
}

/** The stream of an answer; throws the `Failure` that the vendor's status and body amount to where it is none. */
export async function answerOf(came: Exchange, wholeEvent: string): Promise<Response> {
  const type = came.header('content-type') ?? '';
  if (isGood(came) && STREAMS.test(type)) return eventStream(came.stream, type || EVENTS);
  return eventStream(asEvents(await jsonText(came), came.endpoint, wholeEvent), EVENTS);
}

/** A whole JSON answer, parsed. Throws as `answerOf` does. */
export async function jsonOf(came: Exchange): Promise<unknown> {
  const body = asJson(await jsonText(came));
  if (body !== undefined) return body;
  throw new Failure('upstream', `${came.endpoint.title} answered with something that is not JSON although it said so`);
}
