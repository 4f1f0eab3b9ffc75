import { inspect } from 'node:util';
import { expect } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { userText } from '../../src/core/chat.ts';
import { Failure } from '../../src/core/errors.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { Progress } from '../../src/engine/engine.ts';
import { POISONED } from '../support/poison.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor } from '../support/vendor.ts';
import type { Row } from './rows.ts';

/** What the caller may settle about one call. */
type CallOptions = { model?: string; timeoutMs?: number; signal?: AbortSignal; progress?: (progress: Progress) => void };

/** How long the engine waits, in milliseconds. */
export type Patience = { totalMs?: number; firstByteMs?: number; idleMs?: number };

/** One vendor, and an engine that knows nobody else. */
export type Stage = AsyncDisposable & {
  row: Row;
  vendor: Vendor;
  /** The key that the engine was given, or the secret that it finds on the machine. */
  key: string;
  /** Calls the row's provider. A string is asked as the user's only message. */
  call: (ask: string | Ask, options?: CallOptions) => Promise<Answer>;
  /** Calls, and returns the failure that comes of it. Every form in which it may be shown is searched for secrets. */
  failure: (ask?: string | Ask, options?: CallOptions) => Promise<Failure>;
  /** Closes the engine, whatever it is doing. */
  close: () => Promise<void>;
  /** How each request that arrived has ended. Waits until all have. */
  endings: () => Promise<string[]>;
  /** Requests that carry something of the poisoned environment. */
  leaks: () => string[];
};

/** A model that no catalogue knows: it is called with exactly what was asked. */
export const MODEL = 'sim-1';

const asAsk = (ask: string | Ask): Ask => (typeof ask === 'string' ? { messages: [userText(ask)] } : ask);

const configText = ({ provider, settings }: Row, { totalMs, firstByteMs, idleMs }: Patience): string =>
  JSON.stringify({
    ...(settings === undefined ? {} : { providers: { [provider.id]: settings } }),
    // One behaviour, one request: what is asked again is another matter.
    retries: 0,
    timeouts: { total_s: (totalMs ?? 20_000) / 1000, first_byte_ms: firstByteMs ?? 10_000, idle_ms: idleMs ?? 10_000 },
  });

let keys = 0;

/** Sets the stage for one behaviour of one row; a `url` in place of a vendor's own leads elsewhere. */
export async function setStage(row: Row, patience: Patience = {}, url?: string): Promise<Stage> {
  const vendor = await startVendor(row.dialect);
  keys += 1;
  const key = row.machine?.secret ?? `sekret-${process.pid}x${keys}-of-the-user`;
  const env = row.env(url ?? vendor.url, key);
  const text = configText(row, patience);
  const engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text, trusted: true }] }));

  const call: Stage['call'] = (ask, { model = MODEL, timeoutMs, ...caller } = {}) =>
    engine.call({ ask: asAsk(ask), model: `${row.provider.id}/${model}`, timeoutMs }, caller);
  return {
    row,
    vendor,
    key,
    call,
    async failure(ask = 'Hello?', options) {
      const error = await call(ask, options).then(
        (answer) => expect.fail(`It answered: ${JSON.stringify(answer)}`),
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof Failure)) throw new Error('What was thrown is not a Failure.', { cause: error });
      expectNoSecrets(error, key);
      return error;
    },
    close: () => engine.close(),
    endings: () => Promise.all(vendor.requests.map(({ over }) => over)),
    leaks: () =>
      vendor.requests
        .map(({ path, headers, text: body }) => JSON.stringify([path, headers, body]))
        .filter((request) => request.includes(POISONED)),
    async [Symbol.asyncDispose]() {
      await engine.close();
      await vendor.close();
    },
  };
}

function expectNoSecrets(failure: Failure, key: string): void {
  const { message, stack, facts } = failure;
  const shown = [
    message,
    stack,
    JSON.stringify(failure),
    JSON.stringify(facts),
    inspect(failure, { depth: null, showHidden: true }),
  ];
  for (const text of shown) {
    expect(text).not.toContain(key);
    expect(text).not.toContain(POISONED);
  }
}
