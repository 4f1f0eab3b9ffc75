import type { Note } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { leaving } from '../core/leaving.ts';
import { parseAnyJson } from '../core/parse-json.ts';
import { remembered } from '../core/remembered.ts';
import { isSameModel } from '../core/served.ts';
import type { Blamed } from '../net/blamed.ts';
import { classify } from '../net/classify.ts';
import { faultIn, withoutWrapper } from '../net/dress.ts';
import type { Endpoint } from '../net/endpoint.ts';
import { guardedFetch, type Net } from '../net/fetch.ts';
import { watch } from '../net/watch.ts';
import { collect } from './collect.ts';
import type { Counts } from './counts.ts';
import { redactFailure, redactReply } from './redact-keys.ts';
import { StreamFault } from './stream-fault.ts';
import { createTimekeeper, letGo } from './timekeeper.ts';
import type { Call, Delta, Heard, Reply, Site, Wire } from './wire.ts';

export type Talk = (call: Call, options: { signal: AbortSignal; onHeard?: (heard: Heard) => void }) => Promise<Reply>;

/** The JSON that an SDK wrote into its error's message, behind words of its own; else the message. */
const bodyIn = (message: string): unknown => parseAnyJson(message.slice(message.indexOf('{'))) ?? message;

/** The body of an error event, from where each SDK keeps it: a field (OpenAI, Anthropic) or the message (Google). */
function errorBody(error: Error): unknown {
  if (error instanceof StreamFault) return error.body;
  if ('error' in error && error.error) return error.error;
  // AWS's SDK throws what came as an exception frame under the exception's own name.
  if (error.name.endsWith('Exception')) return { code: error.name, message: error.message };
  return error.name === 'ApiError' ? bodyIn(error.message) : undefined;
}

/** Authors a failure for what an SDK threw in mid-stream. An SDK's own words never leave: they may quote the vendor's bytes. */
function authored(error: unknown, blamed: Blamed): Failure {
  const own = failureIn(error);
  if (own) return own;
  const body = error instanceof Error ? errorBody(error) : undefined;
  if (body !== undefined) return classify({ status: 200, body }, blamed);
  const cut = error instanceof Error && error.message.startsWith('Incomplete JSON');
  const what = cut ? 'broke off before the answer was finished' : 'sent something malformed in the middle of its answer';
  return new Failure('upstream', `${blamed.title} ${what}`, { cause: error });
}

/** Yields what the vendor's events say, one after the other. Leaving it does not end the vendor's stream. */
async function* decoded(wire: Wire, events: AsyncIterator<unknown>, call: Call): AsyncGenerator<Delta, void> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const event = withoutWrapper(next.value);
    const fault = faultIn(event);
    if (fault !== undefined) throw new StreamFault(fault);
    yield* wire.decode(event, call);
  }
}

/** A vendor that answers with another model than was asked for does not always say so. */
const swapped = ({ model: { id: asked }, quirks }: Call, served: string | undefined): Note[] =>
  served === undefined || quirks?.ownNames || isSameModel(asked, served)
    ? []
    : [{ param: 'served_by', asked: served, sent: served, why: `the provider says that another model answered than ${asked}` }];

/**
 * A conversation partner: one wire at one endpoint. The vendor's SDK is loaded at the first call and kept. Throws a `Failure`
 * for whatever goes wrong, with `signal`'s own reason where that is what ended it.
 */
export function talk(wire: Wire, net: Net, endpoint: Endpoint, site: Site): Talk {
  const connect = remembered(() => wire.connect(guardedFetch(net, endpoint, wire.framing), site));
  return async (call, { signal, onHeard }) => {
    const { body, notes } = wire.encode(call);
    const line = watch(signal, endpoint.title);
    const ended = (): Failure => failureIn(line.signal.reason) ?? new Failure('cancelled', 'The call was cancelled');
    // An aborted stream ends quietly or with an error of the SDK's: the signal knows better.
    const blame = (error: unknown): Failure => (line.signal.aborted ? ended() : authored(error, endpoint));
    const failed = (failure: Failure): Failure => {
      line.hangUp();
      return failure;
    };
    let stream;
    try {
      if (line.signal.aborted) throw ended();
      // Finding credentials is not always something that an SDK can be stopped from.
      stream = await leaving(line.signal, (await connect())(body, line.signal));
    } catch (error) {
      throw failed(blame(error));
    }
    const events = stream[Symbol.asyncIterator]();
    const onRead = createTimekeeper(line, net.limits.idleMs);
    const usageOf = (counts: Counts) => wire.usageOf(counts, call);
    try {
      const said = await collect(decoded(wire, events, call), { title: endpoint.title, onHeard, onRead, blame, usageOf });
      const reply = redactReply(said, endpoint.secrets);
      line.end();
      void letGo(events, line);
      return { ...reply, notes: [...notes, ...reply.notes, ...swapped(call, reply.model)] };
    } catch (error) {
      throw failed(redactFailure(failureIn(error) ?? blame(error), endpoint.secrets));
    }
  };
}
