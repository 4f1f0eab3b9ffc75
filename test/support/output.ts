import { inspect } from 'node:util';
import { vi } from 'vitest';

/** All that this process has written to stdout, stderr and the console since `listenToOutput`. `using` ends the listening. */
export type Output = Disposable & { text: () => string };

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

const shown = (item: unknown): string =>
  item instanceof Uint8Array ? Buffer.from(item).toString('utf8') : typeof item === 'string' ? item : inspect(item);

/** Listens to what the process writes, and lets it pass. */
export function listenToOutput(): Output {
  // The test runner has a console of its own, which does not write to the streams.
  const spies = [
    ...[process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write')),
    ...METHODS.map((method) => vi.spyOn(console, method)),
  ];
  return {
    text: () => spies.flatMap((spy) => spy.mock.calls.flat().map(shown)).join('\n'),
    [Symbol.dispose]: () => spies.forEach((spy) => spy.mockRestore()),
  };
}
