import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Budget, Window } from '../../src/core/budget.ts';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import { DIMENSIONS } from '../../src/ledger/report.ts';
import { makeHome } from '../support/home.ts';
import { run } from '../support/process.ts';
import { DAYS, fillLedger } from './filled.ts';

const FEW = 1000;
const MANY = 1_000_000;
const MOST_RATIO = 1.2;
const BATCHES = 60;
const BATCH = 50;
/** What "about a second" of the processor may be on a slow one. */
const REPORT_MS = 3000;
/** And for a whole program, on the clock of a busy machine. */
const COMMAND_MS = 12_000;

const say = (text: string): void => void process.stdout.write(`\n${text}\n`);

const ceilingOf = (window: Window): Budget => ({
  name: `for each ${window}`,
  limit: 1e15,
  window,
  rolling: false,
  scope: { kind: 'all' },
  mode: 'block',
});

const BUDGETS = (['day', 'month', 'total'] as const).map(ceilingOf);

/** One attempt with its money: held under three budgets, and settled. */
function payOnce({ purse }: Ledger): void {
  const uid = `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;
  const who = { provider: 'vendor-1', model: 'model-1', tool: 'call_model', project: '/p', session: 's', call: uid };
  expect(purse.hold([{ id: uid, who, nano: 1000, expiresAt: Date.now() + 60_000 }], BUDGETS)).toBeUndefined();
  const cost = { nanoUsd: 900, from: 'prices' as const };
  purse.settle({ uid, at: Date.now(), ...who, asked: 'vendor-1/model-1', usage: { input: 1, output: 2 }, cost, ms: 5 });
}

const timed = (work: () => unknown): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

/** Milliseconds of the processor's time: what else the machine is doing does not count. */
const worked = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

const perPayment = (ledger: Ledger): number =>
  timed(() => {
    for (let n = 0; n < BATCH; n += 1) payOnce(ledger);
  }) / BATCH;

it(`to hold and settle takes no longer among ${MANY} attempts than among ${FEW}, and usage answers in about a second`, async () => {
  await using few = await makeHome();
  await using many = await makeHome();
  await fillLedger(few.path, FEW);
  await fillLedger(many.path, MANY);
  const [small, large] = [await openLedger(few.path), await openLedger(many.path)];

  // A budget that is set on a machine with a history counts it, once, while other processes wait.
  payOnce(small);
  const first = worked(() => payOnce(large));
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < BATCHES; n += 1) {
    const turns = [() => times[0].push(perPayment(small)), () => times[1].push(perPayment(large))];
    for (const turn of n % 2 === 0 ? turns : turns.toReversed()) turn();
  }
  const [ofFew, ofMany] = [median(times[0]), median(times[1])];
  say(`hold + settle under three budgets: ${ofFew.toFixed(3)} ms among ${FEW} attempts, ${ofMany.toFixed(3)} ms among ${MANY}`);
  say(`ratio ${(ofMany / ofFew).toFixed(3)}; the first hold, which counts the history: ${Math.round(first)} ms`);
  expect(ofMany / ofFew).toBeLessThanOrEqual(MOST_RATIO);
  expect(first).toBeLessThan(REPORT_MS);

  for (const dimension of DIMENSIONS) {
    const ms = worked(() => expect(large.reports.by(dimension, 0).length).toBeGreaterThan(1));
    say(`usage by ${dimension} over ${MANY} attempts of ${DAYS} days: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(REPORT_MS);
  }
  const seen = worked(() => expect(large.reports.observed()).toHaveLength(25));
  say(`what list_models shows of earlier calls: ${Math.round(seen)} ms`);
  expect(seen).toBeLessThan(REPORT_MS / 6);
  small.close();
  large.close();
});

it.each([[['usage']], [['usage', '--since', 'all']]])(
  `switchboard %j over ${MANY} attempts is there in about a second`,
  async (args) => {
    await using home = await makeHome();
    await fillLedger(home.path, MANY);
    const started = performance.now();
    const { code, stdout } = await run({ home, args, vars: { SWITCHBOARD_HOME: home.path } });
    say(`switchboard ${args.join(' ')}: ${Math.round(performance.now() - started)} ms`);
    expect({ code, head: stdout.split('\n')[0] }).toEqual({
      code: 0,
      head: expect.stringMatching(/attempts, and .* unknown cost/),
    });
    expect(performance.now() - started).toBeLessThan(COMMAND_MS);
  },
);
