import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Step } from './delivery.ts';
import type { Reply } from './reply.ts';

/** Does what the steps say until they are done, the client leaves, or `signal` says that the test is over. */
export async function play(
  steps: Iterable<Step>,
  { status, headers }: Reply,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  for (const step of steps) {
    if (response.destroyed || signal.aborted) return;
    if (step === 'head') response.writeHead(status, headers).flushHeaders();
    else if (step === 'end') response.end();
    else if (step === 'cut' || step === 'reset') await breakOff(response, step);
    else if (step === 'stall') await untilClosed(response, signal);
    else if (Buffer.isBuffer(step)) await write(response, step);
    else await wait(step.pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

async function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  if (bytes.length === 0 || response.write(bytes)) return;
  await new Promise<void>((done) => {
    const ready = (): void => {
      response.off('drain', ready).off('close', ready);
      done();
    };
    response.on('drain', ready).on('close', ready);
  });
}

/** Everything written so far arrives, and then the connection is gone. */
async function breakOff(response: ServerResponse, how: 'cut' | 'reset'): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  // Node holds writes back until the next tick; the kernel has them after this one.
  await new Promise((done) => setImmediate(done));
  if (how === 'reset') socket.resetAndDestroy();
  else socket.destroy();
}

async function untilClosed(response: ServerResponse, signal: AbortSignal): Promise<void> {
  if (response.destroyed) return;
  await once(response, 'close', { signal }).catch(() => undefined);
}
