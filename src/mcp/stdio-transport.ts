import type { Readable, Writable } from 'node:stream';
import { type JSONRPCMessage, parseJSONRPCMessage, type Transport } from '@modelcontextprotocol/server';
import { type Batch, createBatches } from './batches.ts';
import { createLineReader, type Line } from './line-reader.ts';
import { type Incoming, readMessages, refuse } from './messages.ts';

/** The streams of a connection, and the bounds of what it takes. */
export type StdioOptions = {
  input: Readable;
  output: Writable;
  maxMessageBytes: number;
  /** The time that received requests have to finish once the input has ended, in milliseconds. */
  drainMs: number;
  /** Tells whether the program that started us is gone, so that nobody reads the answers. */
  isAbandoned: () => boolean;
};

/** The time between two looks for a parent that is gone, in milliseconds. */
const LOOK_EVERY_MS = 500;

const PARSE_ERROR = -32_700;

type Id = string | number;

/** Returns the id of the request that a message answers. */
const idOf = (message: JSONRPCMessage): Id | undefined =>
  'id' in message && !('method' in message) ? (message.id ?? undefined) : undefined;

/** Reads a line as messages; an empty line holds none. */
function readLine(line: Line, maxBytes: number): { batch: boolean; incoming: Incoming[] } {
  const refused = (message: string, code?: number) => ({
    batch: false,
    incoming: [{ refusal: refuse(null, message, code) }],
  });
  if ('tooLong' in line) return refused(`The message is longer than ${maxBytes} bytes, which is the most that is taken`);
  if (line.text.trim() === '') return { batch: false, incoming: [] };
  try {
    return readMessages(JSON.parse(line.text));
  } catch {
    return refused('The line is not valid JSON', PARSE_ERROR);
  }
}

/** Returns a function that writes one message a line, and resolves once the stream takes more. */
const createWriter =
  (output: Writable) =>
  (message: unknown): Promise<void> =>
    new Promise((resolve) => {
      if (output.destroyed || output.write(`${JSON.stringify(message)}\n`)) resolve();
      else output.once('drain', resolve).once('close', resolve);
    });

/** Counts the requests that were received and are not answered yet; calls back when none is left. */
function countRequests(onNone: () => void) {
  const running = new Set<Id>();
  return {
    isEmpty: () => running.size === 0,
    add: (id: Id) => void running.add(id),
    settle(id: Id): void {
      running.delete(id);
      if (running.size === 0) onNone();
    },
  };
}

/**
 * MCP over a pair of streams, one message a line. It takes what clients really send, answers
 * whatever has an id, and outlives lines that are malformed or too long. When the input ends it
 * lets the requests that it received finish, and then closes; `ended` resolves then.
 */
export function createStdioTransport(options: StdioOptions): { transport: Transport; ended: Promise<void> } {
  const { input, output, maxMessageBytes, drainMs, isAbandoned } = options;
  const write = createWriter(output);
  const batches = createBatches((answers) => void write(answers));
  let isEnding = false;
  let closed = false;
  let resolveEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));
  const requests = countRequests(() => {
    if (isEnding) close();
  });

  function deliver(one: Incoming, batch: Batch | undefined): void {
    const refuseIt = (refusal: unknown) => void (batch === undefined ? write(refusal) : batch.answers.push(refusal));
    if ('refusal' in one) return refuseIt(one.refusal);
    try {
      const message = parseJSONRPCMessage(one.message);
      if (one.id !== undefined) {
        requests.add(one.id);
        batch?.waiting.add(one.id);
      } else if ('method' in message && message.method === 'notifications/cancelled') {
        const { requestId } = Object(message.params);
        if (typeof requestId === 'string' || typeof requestId === 'number') requests.settle(requestId);
      }
      transport.onmessage?.(message);
    } catch {
      refuseIt(refuse(one.id ?? null, 'The message is not in the form that JSON-RPC gives it'));
    }
  }

  const onChunk = createLineReader(maxMessageBytes, (line) => {
    const { batch: isBatch, incoming } = readLine(line, maxMessageBytes);
    const batch = isBatch ? batches.open() : undefined;
    for (const one of incoming) deliver(one, batch);
    if (batch !== undefined) batches.flush(batch);
  });

  function close(): void {
    if (closed) return;
    closed = true;
    input.off('data', onChunk).pause();
    transport.onclose?.();
    resolveEnded();
  }

  /** Lets received requests finish: not for longer than their time, and not for a parent that is gone. */
  function drain(): void {
    if (isEnding) return;
    isEnding = true;
    if (requests.isEmpty()) return close();
    const until = performance.now() + drainMs;
    const look = setInterval(() => {
      if (!closed && (isAbandoned() || output.destroyed || performance.now() > until)) close();
      if (closed) clearInterval(look);
    }, LOOK_EVERY_MS);
  }

  const transport: Transport = {
    start() {
      input.on('data', onChunk).once('end', drain).once('close', drain).once('error', drain);
      return Promise.resolve();
    },
    async send(message) {
      const id = idOf(message);
      if (id === undefined || !batches.join(id, message)) await write(message);
      if (id !== undefined) requests.settle(id);
    },
    close: () => Promise.resolve(close()),
  };
  return { transport, ended };
}
