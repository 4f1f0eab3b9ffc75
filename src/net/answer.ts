import { Failure } from '../core/errors.ts';
import { parseAnyJson } from '../core/parse-json.ts';
import { clip } from '../core/text.ts';
import { readText } from './body.ts';
import { classify } from './classify.ts';
import type { Endpoint } from './endpoint.ts';
import { eventReader, type Framing, type Judge } from './event-reader.ts';
import { type Destination, proxyFailure } from './network-error.ts';
import { isPage, pageFailure } from './page.ts';
import { quotable } from './quotable.ts';
import { type HeaderLookup, retryAfterMs } from './retry-after.ts';

function wrongType(endpoint: Endpoint, type: string, text = ''): Failure {
  const called = /^$|event-stream/i.test(type) ? 'other words' : clip(quotable(type, endpoint.secrets), 60);
  const said = isPage(text) ? '' : quotable(text, endpoint.secrets);
  return new Failure(
    'upstream',
    `${endpoint.title} answered with ${called} instead of a model's answer: is ${new URL(endpoint.baseUrl).origin} the address of an API?`,
    { shouldRetry: false, remedied: true, unserved: 'here', ...(said === '' ? {} : { vendorSaid: said }) },
  );
}

const notJson = ({ title }: Endpoint): Failure =>
  new Failure('upstream', `${title} answered with something that is not JSON although it said so`);

const redirected = ({ title }: Endpoint, status: number): Failure =>
  new Failure(
    'upstream',
    `${title} sent a redirect (${status}), which is not followed because it would carry the key elsewhere: set the base URL to the final address`,
    { status, shouldRetry: false, remedied: true },
  );

/** An exchange as it came back, before anyone has judged it. */
export type Exchange = {
  endpoint: Endpoint;
  to: Destination;
  status: number;
  header: HeaderLookup;
  stream: ReadableStream<Uint8Array>;
};

/** AWS's binary frames, which its SDK alone can read. */
const FRAMES = /^application\/vnd\.amazon\.eventstream/i;

/** OpenAI's and Anthropic's servers say so where they know better than the status. */
const SHOULD_RETRY: Readonly<Record<string, boolean>> = { true: true, false: false };

const isJson = /\bjson\b/i;

/** The failure that a refusing status, and the body that came with it, amount to. */
async function refusal({ endpoint, to, status, header, stream }: Exchange): Promise<Failure> {
  if (status < 400) {
    await stream.cancel();
    return redirected(endpoint, status);
  }
  const text = await readText(stream);
  const unreached = text.trim() === '' ? proxyFailure(endpoint.title, to, status) : undefined;
  if (unreached !== undefined) return unreached;
  if (isPage(text)) return pageFailure(status, text, header, endpoint);
  const wait = retryAfterMs(header, Date.now());
  const failure = classify(
    { status, body: parseAnyJson(text) ?? text, code: header('x-amzn-errortype'), retryAfterMs: wait },
    endpoint,
  );
  const again = SHOULD_RETRY[header('x-should-retry') ?? ''];
  // A failure that cannot pass is not tried again because a vendor says so.
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

/** Returns the judge of a body that is no answer, under the type that it came with. */
const judgeOf = (endpoint: Endpoint, type: string): Judge => ({
  fault: (body) => classify({ status: 200, body }, endpoint),
  unreadable: (text) => (isJson.test(type) ? notJson(endpoint) : wrongType(endpoint, type, text)),
});

/**
 * The stream of an answer, whatever its body calls itself: the type that a server names is often not what it sends. Throws
 * the `Failure` that the vendor's status and body amount to where it is none.
 */
export async function answerOf(came: Exchange, framing: Framing): Promise<Response> {
  if (!isGood(came)) throw await refusal(came);
  const type = came.header('content-type') ?? '';
  if (FRAMES.test(type)) return new Response(came.stream, { headers: { 'content-type': type } });
  const events = came.stream.pipeThrough(eventReader(framing, judgeOf(came.endpoint, type)));
  return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
}

/** A whole JSON answer, parsed. Throws as `answerOf` does. */
export async function jsonOf(came: Exchange): Promise<unknown> {
  const body = parseAnyJson(await jsonText(came));
  if (body === undefined) throw notJson(came.endpoint);
  return body;
}
