import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ReadBuffer, serializeMessage, type Transport } from '@modelcontextprotocol/client';
import { CLI, type Ended, type Launch } from '../support/process.ts';

/** The built program under a Node of the test's choice. `await using` ends it. */
export type NodeProcess = AsyncDisposable & {
  /** Its stdin and stdout, for a client. Closing it closes stdin, and waits for the end. */
  stdio: Transport;
  stderr: () => string;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
};

export function startUnder(node: string, { home, args = [], vars }: Launch): NodeProcess {
  const child = spawn(node, [CLI, ...args], { cwd: home.project, env: home.env(vars) });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] += text));
  }
  // A process that has gone does not read what is written to it.
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then((): Ended => ({ code: child.exitCode, signal: child.signalCode, ...said }));

  const unread = new ReadBuffer();
  const stdio: Transport = {
    async start() {
      child.stdout.on('data', (text: string) => {
        unread.append(Buffer.from(text));
        for (let message = unread.readMessage(); message !== null; message = unread.readMessage()) stdio.onmessage?.(message);
      });
      void ended.then(() => stdio.onclose?.());
    },
    async send(message) {
      child.stdin.write(serializeMessage(message));
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
  return {
    stdio,
    stderr: () => said.stderr,
    kill: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
