import { type Dispatcher, request } from 'undici';
import { Failure } from '../core/errors.ts';
import { clip, duration } from '../core/text.ts';
import { guardBody, readText } from './body.ts';
import { type Blamed, classify } from './classify.ts';
import { networkFailure } from './network-error.ts';
import { type HeaderLookup, retryAfterMs } from './retry-after.ts';
import { quotable } from './vendor-error.ts';

/** Where calls go and as whom. The headers are asked for at every request, because tokens are renewed. */
export type Endpoint = Blamed & {
  /** The API's root, without a slash at its end. */
  baseUrl: string;
  headers: () => Promise<Record<string, string>>;
  /** Added to every address. */
  query?: Readonly<Record<string, string>>;
  /** Joined into every JSON body: parameters that the user sets and we do not model. */
  extraBody?: Readonly<Record<string, unknown>>;
};

type NetLimits = {
  /** How long until the first byte of the answer's body, in milliseconds. */
  firstByteMs: number;
  /** How long between two chunks of the body, in milliseconds. */
  idleMs: number;
  maxAnswerBytes: number;
};

export type Net = { dispatcher: Dispatcher; limits: NetLimits; userAgent: string };

/** What an SDK may say for itself. The rest (its own key, platform telemetry, headers it read from the environment) is dropped. */
const KEPT_HEADERS = ['accept', 'content-type', 'anthropic-version', 'anthropic-beta'] as const;

const MAX_ERROR_BYTES = 262_144;

type Timer = { signal: AbortSignal; touch: (idleMs: number) => void; end: () => void };

/** One signal out of the caller's and a deadline that moves with every chunk. */
function watch(caller: AbortSignal | null | undefined, { title }: Endpoint, firstByteMs: number): Timer {
  const controller = new AbortController();
  const fire = (ms: number, what: string) =>
    setTimeout(() => controller.abort(new Failure('timeout', `${title} ${what} for ${duration(ms)}`)), ms);
  let timer = fire(firstByteMs, 'did not begin to answer');
  const onAbort = () => controller.abort(caller?.reason);
  if (caller?.aborted) onAbort();
  caller?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    touch(idleMs) {
      clearTimeout(timer);
      timer = fire(idleMs, 'sent nothing more');
    },
    end() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
    },
  };
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `extra` over `base`: tables are joined entry by entry, everything else is replaced. */
function joined(base: Record<string, unknown>, extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(extra).map(([key, value]) => {
    const own = base[key];
    return [key, isTable(own) && isTable(value) ? joined(own, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

function sentBody(body: unknown, { extraBody }: Endpoint): string | null {
  if (typeof body !== 'string') return null;
  const parsed = extraBody === undefined ? undefined : asJson(body);
  return extraBody !== undefined && isTable(parsed) ? JSON.stringify(joined(parsed, extraBody)) : body;
}

function sentTo(input: string | URL | Request, { query = {} }: Endpoint): string {
  const url = new URL(input instanceof Request ? input.url : input);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function sentHeaders(init: RequestInit | undefined, own: Record<string, string>, userAgent: string): Record<string, string> {
  const theirs = new Headers(init?.headers);
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = theirs.get(name);
    return value === null ? [] : [[name, value]];
  });
  // `identity`, because without the header a server may compress (RFC 9110 §12.5.3) and nothing here would unpack it.
  return { ...Object.fromEntries(kept), 'accept-encoding': 'identity', 'user-agent': userAgent, ...own };
}

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
    { status },
  );

type Exchange = {
  endpoint: Endpoint;
  wholeEvent: string;
  status: number;
  header: HeaderLookup;
  stream: ReadableStream<Uint8Array>;
};

const eventStream = (body: ReadableStream<Uint8Array> | string): Response =>
  new Response(body, { headers: { 'content-type': 'text/event-stream' } });

/** The stream of an answer, or the `Failure` that the vendor's status and body amount to. */
async function answerOf({ endpoint, wholeEvent, status, header, stream }: Exchange): Promise<Response> {
  const type = header('content-type') ?? '';
  const ok = status >= 200 && status < 300;
  if (ok && /^(?:text\/event-stream|$)/.test(type)) return eventStream(stream);
  const refuse = async (failure: Failure): Promise<never> => {
    await stream.cancel();
    throw failure;
  };
  if (status >= 300 && status < 400) return refuse(redirected(endpoint, status));
  if (ok && !/\bjson\b/.test(type)) return refuse(wrongType(endpoint, type));
  const text = await readText(stream);
  if (ok) return eventStream(asEvents(text, endpoint, wholeEvent));
  // An error page in HTML says nothing that a reader could use.
  const body = asJson(text) ?? (/html/.test(type) ? '' : text);
  throw classify({ status, body, retryAfterMs: retryAfterMs(header, Date.now()) }, endpoint);
}

/**
 * The `fetch` that every vendor SDK is given. It sends our headers in place of the SDK's, follows no redirect, keeps time,
 * bounds the answer, and throws an authored `Failure` for all that is not an answer; `wholeEvent` names the event as which
 * a whole JSON body is passed on (empty: an event without a name).
 */
export function guardedFetch(net: Net, endpoint: Endpoint, wholeEvent: string) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = sentTo(input, endpoint);
    const timer = watch(init?.signal, endpoint, net.limits.firstByteMs);
    const toFailure = (error: unknown): Failure => {
      const reason: unknown = timer.signal.aborted ? timer.signal.reason : undefined;
      if (reason instanceof Failure) return reason;
      return reason === undefined
        ? networkFailure(endpoint.title, new URL(url).origin, error)
        : new Failure('cancelled', 'The call was cancelled');
    };
    try {
      const { statusCode, headers, body } = await request(url, {
        method: init?.method === 'GET' ? 'GET' : 'POST',
        headers: sentHeaders(init, await endpoint.headers(), net.userAgent),
        body: sentBody(init?.body, endpoint),
        signal: timer.signal,
        dispatcher: net.dispatcher,
      });
      const rules = {
        title: endpoint.title,
        onChunk: () => timer.touch(net.limits.idleMs),
        maxBytes: statusCode < 300 ? net.limits.maxAnswerBytes : MAX_ERROR_BYTES,
        toFailure,
      };
      const header = (name: string) => [headers[name]].flat()[0] ?? null;
      return await answerOf({ endpoint, wholeEvent, status: statusCode, header, stream: guardBody(body, rules, timer.end) });
    } catch (error) {
      timer.end();
      throw error instanceof Failure ? error : toFailure(error);
    }
  };
}
