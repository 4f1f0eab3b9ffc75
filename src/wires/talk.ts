import { Failure, failureIn } from '../core/errors.ts';
import { type Blamed, classify } from '../net/classify.ts';
import { type Endpoint, guardedFetch, type Net } from '../net/fetch.ts';
import { collect } from './collect.ts';
import { obj, str } from './read.ts';
import { StreamFault } from './stream-fault.ts';
import type { Call, Delta, Exchange, Reply, Wire } from './wire.ts';

export type Talk = (call: Call, options: { signal: AbortSignal; onDelta?: (delta: Delta) => void }) => Promise<Reply>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What an SDK threw in mid-stream, authored. An SDK's own words never leave: they may quote the vendor's bytes. */
function authored(error: unknown, blamed: Blamed): Failure {
  const own = failureIn(error);
  if (own) return own;
  if (error instanceof StreamFault) return classify({ status: 200, body: error.body }, blamed);
  if (error instanceof Error) {
    const { error: body, status, name } = obj(Object.assign({ name: error.name }, error));
    // OpenAI's and Anthropic's SDKs keep the body of an error event; Google's puts its JSON into the message.
    if (body) return classify({ status: 200, body }, blamed);
    if (name === 'ApiError' && typeof status === 'number') return classify({ status: 200, body: parsed(error.message) }, blamed);
  }
  const cut = str(obj(error instanceof Error ? { message: error.message } : {})['message'])?.startsWith('Incomplete JSON');
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
export function talk(wire: Wire, net: Net, endpoint: Endpoint): Talk {
  let exchange: Promise<Exchange> | undefined;
  const connect = () => (exchange ??= wire.connect(guardedFetch(net, endpoint, wire.wholeEvent), endpoint.baseUrl));
  return async (call, { signal, onDelta }) => {
    const { body, notes } = wire.encode(call);
    const aborted = (): Failure => failureIn(signal.reason) ?? new Failure('cancelled', 'The call was cancelled');
    try {
      if (signal.aborted) throw aborted();
      const events = await (await connect())(body, signal);
      return { ...(await collect(endpoint.title, decoded(wire, events, call), onDelta)), notes };
    } catch (error) {
      // An aborted stream ends quietly or with an error of the SDK's: the signal knows better.
      throw signal.aborted ? aborted() : authored(error, endpoint);
    }
  };
}
