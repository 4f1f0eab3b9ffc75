import { expect } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { type Answer, type Ask, refText, userText } from '../../src/core/chat.ts';
import { Failure } from '../../src/core/errors.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { customRow, type Row, ROWS } from '../contract/rows.ts';
import { startVendor, type Vendor } from '../support/vendor.ts';

export const A = 'custom-a/sim-1';
export const B = 'custom-b/sim-1';
export const C = 'custom-c/sim-1';

type Request = Omit<Parameters<Engine['call']>[0], 'ask'>;
type Caller = Parameters<Engine['call']>[1];

/** Several vendors and an engine that knows them all. */
export type Ring = AsyncDisposable & {
  vendors: readonly Vendor[];
  engine: Engine;
  /** Calls with `ask`, or with a text as the user's only message. */
  call: (ask: string | Ask, request?: Request, caller?: Caller) => ReturnType<Engine['call']>;
  /** Calls, and returns the failure that comes of it. */
  failure: (ask: string | Ask, request?: Request, caller?: Caller) => Promise<Failure>;
};

type Options = {
  /** Provider ids; `custom-<slug>` is an endpoint of the user's own. */
  names?: readonly string[];
  /** What the user's file says. Nothing is asked again unless it says so. */
  config?: object;
  home?: string;
  /** Vendors of another ring, to be reached by this one's engine. */
  at?: readonly Vendor[];
};

function rowNamed(name: string): Row {
  const slug = /^custom-(\w+)$/.exec(name)?.[1];
  const row = slug === undefined ? ROWS.find((one) => one.name === name) : customRow(slug, 'openai-chat', '/v1');
  if (row === undefined) throw new Error(`There is no provider ${name}.`);
  return row;
}

export const asAsk = (ask: string | Ask): Ask => (typeof ask === 'string' ? { messages: [userText(ask)] } : ask);

export async function openRing({ names = ['custom-a', 'custom-b'], config = {}, home, at }: Options = {}): Promise<Ring> {
  const rows = names.map(rowNamed);
  const own = at ?? (await Promise.all(rows.map(({ dialect }) => startVendor(dialect))));
  const settings = rows.map((row, nth) => row.env(own[nth]?.url ?? '', `key-of-the-user-${nth}`));
  const env = Object.fromEntries(settings.flatMap((vars) => Object.entries(vars)));
  const text = JSON.stringify({ retries: 0, ...config }, undefined, 1);
  const files = [{ path: 'config.yaml', text, trusted: true }];
  const engine = createEngine(parseConfig({ env, files, ...(home === undefined ? {} : { home }) }));
  const call: Ring['call'] = (ask, request = {}, caller = {}) => engine.call({ ask: asAsk(ask), ...request }, caller);
  return {
    vendors: own,
    engine,
    call,
    failure: (ask, request, caller) => failureOf(call(ask, request, caller)),
    async [Symbol.asyncDispose]() {
      await engine.close();
      if (at === undefined) await Promise.all(own.map((vendor) => vendor.close()));
    },
  };
}

/** The failure that a call ends with. */
export async function failureOf(call: Promise<Answer>): Promise<Failure> {
  const error = await call.then(
    (answer) => expect.fail(`It answered: ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw new Error('What was thrown is not a Failure.', { cause: error });
}

/** What was tried, as `provider/model outcome`. */
export const tried = ({ attempts = [] }: { attempts?: Answer['attempts'] }): string[] =>
  attempts.map((one) => `${refText(one)} ${one.kind ?? one.outcome}`);

/** How many requests each vendor had. */
export const asked = ({ vendors }: Pick<Ring, 'vendors'>): number[] => vendors.map(({ requests }) => requests.length);
