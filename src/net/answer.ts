import { Failure } from '../core/errors.ts';
import { clip } from '../core/text.ts';
import { readText } from './body.ts';
import { classify } from './classify.ts';
import type { Endpoint } from './endpoint.ts';
import { type HeaderLookup, retryAfterMs } from './retry-after.ts';
import { quotable } from './vendor-error.ts';

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
  );

const redirected = ({ title }: Endpoint, status: number): Failure =>
  new Failure(
    'upstream',
    `${title} sent a redirect (${status}), which is not followed because it would carry the key elsewhere: set the base URL to the final address`,
    { status, remedied: true },
  );

/** What came back, before anyone has judged it. */
export type Exchange = {
  endpoint: Endpoint;
  wholeEvent: string;
  status: number;
  header: HeaderLookup;
  stream: ReadableStream<Uint8Array>;
};

const EVENTS = 'text/event-stream';

const eventStream = (body: ReadableStream<Uint8Array> | string, type: string): Response =>
  new Response(body, { headers: { 'content-type': type } });

/** Event streams in text, and AWS's in binary frames; servers that name no type mean the first. */
const STREAMS = /^(?:text\/event-stream|application\/vnd\.amazon\.eventstream|$)/i;

/** The stream of an answer, or the `Failure` that the vendor's status and body amount to. */
export async function answerOf({ endpoint, wholeEvent, status, header, stream }: Exchange): Promise<Response> {
  const type = header('content-type') ?? '';
  const ok = status >= 200 && status < 300;
  if (ok && STREAMS.test(type)) return eventStream(stream, type || EVENTS);
  const refuse = async (failure: Failure): Promise<never> => {
    await stream.cancel();
    throw failure;
  };
  if (status >= 300 && status < 400) return refuse(redirected(endpoint, status));
  if (ok && !/\bjson\b/i.test(type)) return refuse(wrongType(endpoint, type));
  const text = await readText(stream);
  if (ok) return eventStream(asEvents(text, endpoint, wholeEvent), EVENTS);
  // An error page in HTML says nothing that a reader could use.
  const body = asJson(text) ?? (/html/i.test(type) ? '' : text);
  throw classify({ status, body, code: header('x-amzn-errortype'), retryAfterMs: retryAfterMs(header, Date.now()) }, endpoint);
}
