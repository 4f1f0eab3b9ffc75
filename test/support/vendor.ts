import { once, setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { asWritten } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { Dialect } from './dialects/dialect.ts';
import { origin } from './loopback.ts';
import { play } from './play.ts';
import { json } from './reply.ts';
import type { Content } from './reply.ts';

/** A request as the vendor saw it. */
export type VendorRequest = {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  /** The parsed body; undefined where it is not JSON. */
  body: unknown;
  /** How it ended: with a finished response, or with a connection that closed before. */
  over: Promise<'finished' | 'broken off'>;
};

/** A request that is expected: itself when it arrives, and how it ended when it is over. */
type Coming = { request: Promise<VendorRequest>; over: VendorRequest['over'] };

type Travel = { deliver?: Delivery };
type Turn = { content: Content; deliver: Delivery; taken: (request: VendorRequest) => void };

/** A vendor on a loopback port. It records what it is asked, and says what it is told to. */
export type Vendor = AsyncDisposable & {
  /** Where it is: scheme, host and port. */
  url: string;
  requests: readonly VendorRequest[];
  /** Answers the next request that has no answer yet. */
  next: (content: Content, travel?: Travel) => Coming;
  /** Answers the next requests, one with each. */
  inTurn: (...contents: Content[]) => void;
  /** Answers every request for which there is nothing else. */
  always: (content: Content, travel?: Travel) => void;
  close: () => Promise<void>;
};

const BODY_LIMIT = 16 * 1024 * 1024;
const UNTOLD = { message: 'The simulated vendor was not told what to answer.' };
const NO_TURN = json(501, { ...UNTOLD, error: UNTOLD });

/**
 * Starts a vendor that speaks `dialect`. `await using` closes it, and whatever still hangs on it; that throws where a script or
 * delivery failed, which a client would take for a fault that was meant.
 */
export async function startVendor(dialect: Dialect): Promise<Vendor> {
  const requests: VendorRequest[] = [];
  const turns: Turn[] = [];
  const mishaps: unknown[] = [];
  const closing = new AbortController();
  // Every answer under way listens to it.
  setMaxListeners(0, closing.signal);
  let standing: Turn = { content: NO_TURN, deliver: asWritten, taken: () => {} };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await record(incoming, response);
    requests.push(request);
    const turn = turns.shift() ?? standing;
    turn.taken(request);
    try {
      const reply = turn.content(dialect, request.body);
      await play(turn.deliver(reply), reply, response, closing.signal);
    } catch (error) {
      mishaps.push(error);
      response.destroy();
    }
  };
  // Longer than a busy machine stops a client: a connection that closes as a request comes is a fault, and those are played on purpose.
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    // Node would write the machine's time, which is not that of tests that set the clock.
    response.setHeader('date', new Date().toUTCString());
    // Only reading the request can still fail: the client left, or sent too much.
    serve(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const close = async (): Promise<void> => {
    closing.abort();
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    if (mishaps.length > 0) throw new AggregateError(mishaps, 'The simulated vendor could not do what it was told.');
  };
  return {
    url: origin(server),
    requests,
    next(content, { deliver = asWritten } = {}) {
      const request = new Promise<VendorRequest>((taken) => {
        turns.push({ content, deliver, taken });
      });
      return { request, over: request.then(({ over }) => over) };
    },
    inTurn(...contents) {
      turns.push(...contents.map((content) => ({ content, deliver: asWritten, taken: () => {} })));
    },
    always(content, { deliver = asWritten } = {}) {
      standing = { content, deliver, taken: () => {} };
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function record(incoming: IncomingMessage, response: ServerResponse): Promise<VendorRequest> {
  const over: VendorRequest['over'] = new Promise((tell) => {
    response.once('close', () => tell(response.writableFinished ? 'finished' : 'broken off'));
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error(`A request has more than ${BODY_LIMIT} bytes.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, headers, text, body: parsed(text), over };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
