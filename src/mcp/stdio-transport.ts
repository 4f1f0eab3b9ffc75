import type { Readable, Writable } from 'node:stream';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { parseJSONRPCMessage } from '@modelcontextprotocol/server';
import { createLineReader, type Line } from './line-reader.ts';
import { type Incoming, readMessages, refuse, type RpcError } from './messages.ts';

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

/** The answers of a batch that are still to come, and those that have come. */
type Batch = { waiting: Set<Id>; answers: unknown[] };

const idOf = (message: JSONRPCMessage): Id | undefined =>
  'id' in message && !('method' in message) && message.id !== undefined && message.id !== null ? message.id : undefined;

/**
 * MCP over a pair of streams, one message a line. It takes what clients really send, answers
 * whatever has an id, and outlives lines that are malformed or too long. When the input ends it
 * lets the requests that it received finish, and then closes.
 */
export function createStdioTransport(options: StdioOptions): Transport {
  const { input, output, maxMessageBytes, drainMs, isAbandoned } = options;
  const running = new Set<Id>();
  const batches = new Set<Batch>();
  let closed = false;
  let ended = false;

  const write = (message: unknown): Promise<void> =>
    new Promise((resolve) => {
      if (closed || output.destroyed) return resolve();
      if (output.write(`${JSON.stringify(message)}\n`)) return resolve();
      output.once('drain', resolve).once('close', resolve);
    });

  /** Puts an answer into its batch; returns false for one that belongs to none. */
  function joinBatch(id: Id, answer: unknown): boolean {
    const batch = [...batches].find(({ waiting }) => waiting.has(id));
    if (batch === undefined) return false;
    batch.waiting.delete(id);
    batch.answers.push(answer);
    flush(batch);
    return true;
  }

  function flush(batch: Batch): void {
    if (batch.waiting.size > 0) return;
    batches.delete(batch);
    if (batch.answers.length > 0) void write(batch.answers);
  }

  function settle(id: Id): void {
    running.delete(id);
    if (ended && running.size === 0) void transport.close();
  }

  function deliver(one: Incoming, batch: Batch | undefined): void {
    if ('refusal' in one) return answer(one.refusal, batch);
    try {
      const message = parseJSONRPCMessage(one.message);
      if (one.id !== undefined) {
        running.add(one.id);
        batch?.waiting.add(one.id);
      } else if ('method' in message && message.method === 'notifications/cancelled') {
        const { requestId } = Object(message.params);
        if (typeof requestId === 'string' || typeof requestId === 'number') settle(requestId);
      }
      transport.onmessage?.(message);
    } catch {
      answer(refuse(one.id ?? null, 'The message is not in the form that JSON-RPC gives it'), batch);
    }
  }

  function answer(refusal: RpcError, batch: Batch | undefined): void {
    if (batch === undefined) void write(refusal);
    else batch.answers.push(refusal);
  }

  function read(line: Line): void {
    if ('tooLong' in line) {
      const message = `The message is longer than ${maxMessageBytes} bytes, which is the most that is taken`;
      return void write(refuse(null, message));
    }
    const text = line.text.trim();
    if (text === '') return;
    let raw: unknown;
    try {
      raw = JSON.parse(text);
    } catch {
      return void write(refuse(null, 'The line is not valid JSON', PARSE_ERROR));
    }
    const { batch: isBatch, incoming } = readMessages(raw);
    const batch: Batch | undefined = isBatch ? { waiting: new Set(), answers: [] } : undefined;
    if (batch !== undefined) batches.add(batch);
    for (const one of incoming) deliver(one, batch);
    if (batch !== undefined) flush(batch);
  }

  /** Lets received requests finish: not for longer than their time, and not for a parent that is gone. */
  function drain(): void {
    if (ended) return;
    ended = true;
    if (running.size === 0) return void transport.close();
    const until = performance.now() + drainMs;
    const look = setInterval(() => {
      if (closed) clearInterval(look);
      else if (isAbandoned() || output.destroyed || performance.now() > until) void transport.close();
    }, LOOK_EVERY_MS);
  }

  const onChunk = createLineReader(maxMessageBytes, read);
  const transport: Transport = {
    start() {
      input.on('data', onChunk).once('end', drain).once('close', drain).once('error', drain);
      return Promise.resolve();
    },
    async send(message) {
      const id = idOf(message);
      if (id === undefined || !joinBatch(id, message)) await write(message);
      if (id !== undefined) settle(id);
    },
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      input.off('data', onChunk);
      input.pause();
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}
