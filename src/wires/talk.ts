import { Failure, failureIn } from '../core/errors.ts';
import { leaving } from '../core/leaving.ts';
import { remembered } from '../core/remembered.ts';
import type { Blamed } from '../net/blamed.ts';
import { classify } from '../net/classify.ts';
import type { Endpoint } from '../net/endpoint.ts';
import { guardedFetch, type Net } from '../net/fetch.ts';
import { collect } from './collect.ts';
import { redactKeys } from './redact-keys.ts';
import { StreamFault } from './stream-fault.ts';
import type { Call, Delta, Reply, Site, Wire } from './wire.ts';

export type Talk = (call: Call, options: { signal: AbortSignal; onDelta?: (delta: Delta) => void }) => Promise<Reply>;

/** The JSON that an SDK wrote into its error's message, behind words of its own; else the message. */
function bodyIn(message: string): unknown {
  try {
    return JSON.parse(message.slice(message.indexOf('{')));
  } catch {
    return message;
  }
}

/** The body of an error event, from where each SDK keeps it: a field (OpenAI, Anthropic) or the message (Google). */
function errorBody(error: Error): unknown {
  if (error instanceof StreamFault) return error.body;
  if ('error' in error && error.error) return error.error;
  // AWS's SDK throws what came as an exception frame under the exception's own name.
  if (error.name.endsWith('Exception')) return { code: error.name, message: error.message };
  return error.name === 'ApiError' ? bodyIn(error.message) : undefined;
}

/** What an SDK threw in mid-stream, authored. An SDK's own words never leave: they may quote the vendor's bytes. */
function authored(error: unknown, blamed: Blamed): Failure {
  const own = failureIn(error);
  if (own) return own;
  const body = error instanceof Error ? errorBody(error) : undefined;
  if (body !== undefined) return classify({ status: 200, body }, blamed);
  const cut = error instanceof Error && error.message.startsWith('Incomplete JSON');
  const what = cut ? 'broke off before the answer was finished' : 'sent something malformed in the middle of its answer';
  return new Failure('upstream', `${blamed.title} ${what}`, { cause: error });
}

async function* decoded(wire: Wire, events: AsyncIterable<unknown>, call: Call): AsyncGenerator<Delta, void> {
  for await (const event of events) yield wire.decode(event, call);
}

/**
 * A conversation partner: one wire at one endpoint. The vendor's SDK is loaded at the first call and kept. Throws a `Failure`
 * for whatever goes wrong, with `signal`'s own reason where that is what ended it.
 */
export function talk(wire: Wire, net: Net, endpoint: Endpoint, site: Site): Talk {
  const connect = remembered(() => wire.connect(guardedFetch(net, endpoint, wire.wholeEvent), site));
  return async (call, { signal, onDelta }) => {
    const { body, notes } = wire.encode(call);
    const aborted = (): Failure => failureIn(signal.reason) ?? new Failure('cancelled', 'The call was cancelled');
    // An aborted stream ends quietly or with an error of the SDK's: the signal knows better.
    const blame = (error: unknown): Failure => (signal.aborted ? aborted() : authored(error, endpoint));
    let events;
    try {
      if (signal.aborted) throw aborted();
      // Finding credentials is not always something that an SDK can be stopped from.
      events = await leaving(signal, (await connect())(body, signal));
    } catch (error) {
      throw blame(error);
    }
    const deltas = redactKeys(decoded(wire, events, call), endpoint.secrets);
    return { ...(await collect(deltas, { title: endpoint.title, onDelta, blame })), notes };
  };
}
