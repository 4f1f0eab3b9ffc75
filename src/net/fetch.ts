import { type Dispatcher, request } from 'undici';
import { Failure } from '../core/errors.ts';
import { answerOf } from './answer.ts';
import { guardBody } from './body.ts';
import type { Endpoint } from './endpoint.ts';
import { networkFailure } from './network-error.ts';
import { watch } from './watch.ts';

type NetLimits = {
  /** How long until the first byte of the answer's body, in milliseconds. */
  firstByteMs: number;
  /** How long between two chunks of the body, in milliseconds. */
  idleMs: number;
  maxAnswerBytes: number;
};

export type Net = { dispatcher: Dispatcher; limits: NetLimits; userAgent: string };

/** What an SDK may say for itself. The rest (its own key, platform telemetry, headers it read from the environment) is dropped. */
const KEPT_HEADERS = new Set(['accept', 'content-type', 'anthropic-version', 'anthropic-beta']);

const MAX_ERROR_BYTES = 262_144;

function sentTo(input: string | URL | Request, { query = {} }: Endpoint): string {
  const url = new URL(input instanceof Request ? input.url : input);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function sentHeaders(
  init: RequestInit | undefined,
  own: Record<string, string>,
  { keepHeaders }: Endpoint,
  userAgent: string,
): Record<string, string> {
  const theirs = [...new Headers(init?.headers)].filter(([name]) => KEPT_HEADERS.has(name) || keepHeaders?.test(name));
  // `identity`, because without the header a server may compress (RFC 9110 §12.5.3) and nothing here would unpack it.
  const ours = Object.entries(own).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...Object.fromEntries(theirs), 'accept-encoding': 'identity', 'user-agent': userAgent, ...Object.fromEntries(ours) };
}

/**
 * The `fetch` that every vendor SDK is given. It sends our headers in place of the SDK's, follows no redirect, keeps time,
 * bounds the answer, and throws an authored `Failure` for all that is not an answer; `wholeEvent` names the event as which
 * a whole JSON body is passed on (empty: an event without a name).
 */
export function guardedFetch(net: Net, endpoint: Endpoint, wholeEvent: string) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = sentTo(input, endpoint);
    const timer = watch(init?.signal, endpoint.title, net.limits.firstByteMs);
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
        headers: sentHeaders(init, await endpoint.headers(), endpoint, net.userAgent),
        body: typeof init?.body === 'string' ? init.body : null,
        signal: timer.signal,
        dispatcher: net.dispatcher,
      });
      const rules = {
        title: endpoint.title,
        onChunk: () => timer.touch(net.limits.idleMs),
        toFailure,
        ...(statusCode < 300
          ? { maxBytes: net.limits.maxAnswerBytes, beyond: 'refuse' as const }
          : { maxBytes: MAX_ERROR_BYTES, beyond: 'stop' as const }),
      };
      const header = (name: string) => [headers[name]].flat()[0] ?? null;
      return await answerOf({ endpoint, wholeEvent, status: statusCode, header, stream: guardBody(body, rules, timer.end) });
    } catch (error) {
      timer.end();
      throw error instanceof Failure ? error : toFailure(error);
    }
  };
}
