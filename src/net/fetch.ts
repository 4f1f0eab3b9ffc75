import { request } from 'undici';
import { Failure } from '../core/errors.ts';
import { leaving } from '../core/leaving.ts';
import { answerOf, type Exchange, jsonOf } from './answer.ts';
import { guardBody } from './body.ts';
import { decoded } from './decoded.ts';
import type { Endpoint } from './endpoint.ts';
import type { Framing } from './event-reader.ts';
import { type Destination, networkFailure } from './network-error.ts';
import type { Routes } from './routes.ts';
import { watch } from './watch.ts';

type NetLimits = {
  /** How long until the first byte of the answer's body, in milliseconds. */
  firstByteMs: number;
  /** How long between two chunks of the body, in milliseconds. */
  idleMs: number;
  maxAnswerBytes: number;
};

export type Net = { routes: Routes; limits: NetLimits; userAgent: string };

/** What an SDK may say for itself. The rest (its own key, platform telemetry, headers it read from the environment) is dropped. */
const KEPT_HEADERS = new Set(['accept', 'content-type', 'anthropic-version', 'anthropic-beta']);

const MAX_ERROR_BYTES = 262_144;

function sentTo(address: string | URL, { query = {} }: Endpoint): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function sentHeaders(
  theirs: RequestInit['headers'],
  own: Record<string, string>,
  { keepHeaders }: Endpoint,
  userAgent: string,
): Record<string, string> {
  const kept = [...new Headers(theirs)].filter(([name]) => KEPT_HEADERS.has(name) || keepHeaders?.test(name));
  // `identity`, because without the header a server may compress (RFC 9110 §12.5.3) and nothing here would unpack it.
  const ours = Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...Object.fromEntries(kept), 'accept-encoding': 'identity', 'user-agent': userAgent, ...Object.fromEntries(ours) };
}

type Sent = {
  method: 'GET' | 'POST';
  headers?: RequestInit['headers'];
  body?: string;
  /** The most that is read of a good answer, in bytes. */
  maxBytes: number;
  signal?: AbortSignal | null | undefined;
  /** How long until the first byte of the answer's body, in milliseconds. */
  firstByteMs: number;
};

/** As long as a timer can be: only the call's own deadline ends such a wait. */
const UNBOUNDED_MS = 2 ** 31 - 1;

/** An answer that comes in one piece begins when it is done: until then nothing shows that it is on its way. */
const patienceFor = (body: string, { firstByteMs }: NetLimits): number =>
  body.includes('"stream":false') ? UNBOUNDED_MS : firstByteMs;

/**
 * One request and what comes back, before anyone has judged it. Redirects are not followed, time is kept, the body is bounded;
 * throws an authored `Failure` when there is nothing to judge.
 */
async function exchange(
  net: Net,
  endpoint: Endpoint,
  url: string,
  { method, headers: theirs, body, maxBytes, signal, firstByteMs }: Sent,
): Promise<Exchange> {
  const timer = watch(signal, endpoint.title);
  timer.expect(firstByteMs, 'did not begin to answer');
  const to: Destination = { origin: new URL(url).origin };
  const toFailure = (error: unknown): Failure => {
    const reason: unknown = timer.signal.aborted ? timer.signal.reason : undefined;
    if (reason instanceof Failure) return reason;
    return reason === undefined ? networkFailure(endpoint.title, to, error) : new Failure('cancelled', 'The call was cancelled');
  };
  try {
    const route = net.routes.to(url);
    to.through = route.through;
    // Whoever hands out a token may be silent too.
    const ours = await leaving(timer.signal, endpoint.headers());
    const {
      statusCode,
      headers,
      body: came,
    } = await request(url, {
      method,
      headers: sentHeaders(theirs, ours, endpoint, net.userAgent),
      body: body ?? null,
      signal: timer.signal,
      dispatcher: route.dispatcher,
    });
    const header = (name: string) => [headers[name]].flat()[0] ?? null;
    const rules = {
      events: /^(?:text\/event-stream.*)?$/i.test(header('content-type') ?? ''),
      title: endpoint.title,
      onChunk: () => timer.expect(net.limits.idleMs, 'sent nothing more'),
      toFailure,
      ...(statusCode < 300 ? { maxBytes, beyond: 'refuse' as const } : { maxBytes: MAX_ERROR_BYTES, beyond: 'stop' as const }),
    };
    return {
      endpoint,
      to,
      status: statusCode,
      header,
      stream: guardBody(decoded(came, header('content-encoding'), endpoint.title), rules, timer.end),
    };
  } catch (error) {
    timer.end();
    throw error instanceof Failure ? error : toFailure(error);
  }
}

/**
 * The `fetch` that every vendor SDK is given: our headers in place of the SDK's, and an authored `Failure` for all that is not
 * an answer. `framing` says how the SDK wants the events of an answer.
 */
export function guardedFetch(net: Net, endpoint: Endpoint, framing: Framing) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = sentTo(input instanceof Request ? input.url : input, endpoint);
    const body = init?.body;
    if (typeof body !== 'string') throw new Error('an SDK sent a body that is no text');
    const sent = { method: 'POST', headers: init?.headers, body, signal: init?.signal } as const;
    const bounds = { maxBytes: net.limits.maxAnswerBytes, firstByteMs: patienceFor(body, net.limits) };
    const came = await exchange(net, endpoint, url, { ...sent, ...bounds });
    return answerOf(came, framing);
  };
}

/** What may be asked for besides answers: the path below the endpoint's root, and the most that is read of it, in bytes. */
type Wanted = { path: string; maxBytes: number };

/** What stands at a path, parsed. Throws a `Failure` for whatever is not JSON of a good status. */
export async function getJson(net: Net, endpoint: Endpoint, { path, maxBytes }: Wanted, signal?: AbortSignal): Promise<unknown> {
  const sent = { method: 'GET', maxBytes, signal, firstByteMs: net.limits.firstByteMs } as const;
  return jsonOf(await exchange(net, endpoint, sentTo(endpoint.baseUrl + path, endpoint), sent));
}
