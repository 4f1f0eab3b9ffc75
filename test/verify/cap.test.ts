import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/core/budget.ts';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath, openLedger } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { purseIn } from '../../src/ledger/purse.ts';
import { type Clock, MACHINE_CLOCK } from '../../src/ledger/under-way.ts';
import { late } from '../support/delivery.ts';
import { dialects } from '../support/dialects/index.ts';
import { makeHome } from '../support/home.ts';
import { until } from '../support/until.ts';
import { startVendor } from '../support/vendor.ts';
import { anyBill, booksOf, saidBy, sendShopper } from './spree.ts';

const PROCESSES = 8;
const CALLS = 500;
/** About half of what all calls would cost. */
const CAP_USD = 10;
const CAP = CAP_USD * 1_000_000_000;
const LEAST_USE = 0.9;

const ceiling: Budget = { name: 'the cap', limit: CAP, window: 'total', rolling: false, scope: { kind: 'all' }, mode: 'block' };
const anybody = { provider: 'custom-a', model: 'sim-1', tool: 'call_model', project: '', session: 'onlooker', call: 'onlooker' };

const HOUR = 3_600_000;
const anHourLater: Clock = {
  ...MACHINE_CLOCK,
  now: () => MACHINE_CLOCK.now() + HOUR,
  uptime: () => MACHINE_CLOCK.uptime() + HOUR,
};

const say = (text: string): void => void process.stdout.write(`\n${text}\n`);
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const names = Array.from({ length: PROCESSES }, (_, nth) => `process-${nth}`);

/** Looks at the cap from a process of its own until it is told to stop; returns the sums that it saw. */
async function watch(home: string, isOver: () => boolean): Promise<number[]> {
  const ledger = await openLedger(home);
  const seen: number[] = [];
  while (!isOver()) {
    const [standing] = ledger.purse.standings([ceiling], anybody);
    seen.push((standing?.spent ?? NaN) + (standing?.held ?? NaN));
    await wait(2);
  }
  ledger.close();
  return seen;
}

describe(`${PROCESSES} processes of ${CALLS} calls each against one cap`, () => {
  it('never hold and spend more than it, use it up, and all come to an end', async () => {
    await using home = await makeHome();
    await using vendor = await startVendor(dialects['openai-chat']);
    vendor.always(anyBill);
    let isOver = false;
    const watching = watch(home.path, () => isOver);
    const shoppers = names.map((name) => sendShopper(home, vendor.url, CAP_USD, name, CALLS));
    const ended = await Promise.all(shoppers.map(({ ended: end }) => end));
    isOver = true;
    const seen = await watching;
    const said = shoppers.map(saidBy);
    expect(ended.map(({ code, stderr }) => ({ code, stderr }))).toEqual(names.map(() => ({ code: 0, stderr: '' })));
    expect(said.flatMap(({ others }) => others)).toEqual([]);
    expect(said.map(({ paid, refused }) => paid.length + refused)).toEqual(names.map(() => CALLS));

    const { rows, held } = await booksOf(home.path);
    const spent = sumOf([...rows.values()].map(({ nano }) => nano));
    say(
      `cap $${CAP_USD}: ${((100 * spent) / CAP).toFixed(2)} % used, at most ${((100 * Math.max(...seen)) / CAP).toFixed(2)} % spent and held in ${seen.length} looks, ${vendor.requests.length} of ${PROCESSES * CALLS} calls made`,
    );
    expect(seen.filter((sum) => !(sum <= CAP))).toEqual([]);
    expect(spent).toBe(sumOf(said.flatMap(({ paid }) => paid)));
    expect(spent).toBeLessThanOrEqual(CAP);
    expect(spent).toBeGreaterThanOrEqual(LEAST_USE * CAP);
    expect(said.some(({ refused }) => refused > 0)).toBe(true);
    expect(held).toBe(0);
  });

  it('of which four are killed in the middle lose nothing that was settled, and nothing stays held', async () => {
    await using home = await makeHome();
    await using vendor = await startVendor(dialects['openai-chat']);
    vendor.always(anyBill, { deliver: late(20) });
    const shoppers = names.map((name) => sendShopper(home, vendor.url, CAP_USD, name, CALLS));
    const victims = shoppers.slice(0, PROCESSES / 2);
    for (const [nth, victim] of victims.entries()) {
      await until(
        () => saidBy(victim).paid.length > 20 * (nth + 1) || victim.stderr() !== '',
        () => `a shopper to shop: ${victim.stderr()}`,
      );
      victim.kill('SIGKILL');
    }
    const ended = await Promise.all(shoppers.map(({ ended: end }) => end));
    expect(ended.map(({ code, signal }) => code ?? signal)).toEqual(
      names.map((_, nth) => (nth < victims.length ? 'SIGKILL' : 0)),
    );
    expect(shoppers.map(saidBy).flatMap(({ others }) => others)).toEqual([]);

    const { rows, held } = await booksOf(home.path);
    for (const [nth, shopper] of shoppers.entries()) {
      const { paid } = saidBy(shopper);
      const { count, nano } = rows.get(`process-${nth}`) ?? { count: 0, nano: 0 };
      // One that died may have settled what it had no time to tell of.
      expect(count).toBeGreaterThanOrEqual(paid.length);
      expect(nano).toBeGreaterThanOrEqual(sumOf(paid));
      if (nth >= victims.length) expect({ count, nano }).toEqual({ count: paid.length, nano: sumOf(paid) });
    }
    const spent = sumOf([...rows.values()].map(({ nano }) => nano));
    say(`four of ${PROCESSES} killed: ${held} holds were left by them, ${((100 * spent) / CAP).toFixed(2)} % of the cap spent`);
    expect(spent).toBeLessThanOrEqual(CAP);
    expect(held).toBeGreaterThan(0);

    // Once they have expired each counts as what was held for it, and all of the rest can be held again.
    const db = await openDb(ledgerPath(home.path), MIGRATIONS);
    const purse = purseIn(db, anHourLater);
    const total = () => Number(db.all('SELECT TOTAL(nano_usd) AS nano FROM hold')[0]?.['nano']);
    const lost = total();
    purse.giveUpLost();
    expect(db.all("SELECT COUNT(*) AS n, SUM(nano_usd) AS nano FROM attempt WHERE kind = 'lost'")).toEqual([
      { n: held, nano: lost },
    ]);
    expect(spent + lost).toBeLessThanOrEqual(CAP);
    const claim = { id: 'all of it', who: anybody, nano: CAP - spent - lost, expiresAt: anHourLater.now() + 1 };
    expect(purse.hold([{ ...claim, nano: claim.nano + 1 }], [ceiling])).toMatchObject({ spent: spent + lost, held: 0 });
    expect(purse.hold([claim], [ceiling])).toBeUndefined();
    expect(db.all('SELECT id FROM hold')).toEqual([{ id: 'all of it' }]);
    db.close();
  });
});
