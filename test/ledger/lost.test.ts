import { describe, expect, it } from 'vitest';
import { IN_MEMORY, openDb } from '../../src/ledger/db.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import { purseIn } from '../../src/ledger/purse.ts';
import { reportsIn } from '../../src/ledger/report.ts';
import { budget, clockAt, DOLLAR, entry, openWallet, who } from './wallet.ts';

const NOON = '2026-11-21T12:00:00Z';
const AFTER = '2026-11-21T12:01:00Z';

describe('an attempt whose process never tells what became of it', () => {
  it('counts as held until its time, and then as spent: it stands in the journal, lost, with its process', async () => {
    using wallet = await openWallet(NOON);
    const one = budget();
    expect(wallet.hold(DOLLAR, [one])).toBeUndefined();
    wallet.at('2026-11-21T12:00:59.999Z');
    expect(wallet.hold(1, [one])).toMatchObject({ spent: 0, held: DOLLAR });
    wallet.at(AFTER);
    expect(wallet.hold(1, [one])).toMatchObject({ spent: DOLLAR, held: 0 });
    expect(wallet.holds()).toBe(0);
    expect(wallet.db.all('SELECT kind, nano_usd, cost_from, process, asked FROM attempt')).toEqual([
      { kind: 'lost', nano_usd: DOLLAR, cost_from: 'lost', process: '4711 on a-machine', asked: 'openai/m' },
    ]);
    expect(wallet.db.all('SELECT * FROM under_way')).toEqual([]);
    expect(reportsIn(wallet.db).by('model', 0)).toMatchObject([{ calls: 1, failed: 1, lost: 1, lostNanoUsd: DOLLAR }]);
    expect(reportsIn(wallet.db).lostProcesses(0, 3)).toEqual(['4711 on a-machine']);
  });

  it('uses a ceiling up, however often it is done', async () => {
    using wallet = await openWallet(NOON);
    const one = budget({ limit: 50 });
    const refused = Array.from({ length: 12 }, (_, nth) => {
      wallet.at(Date.parse(NOON) + nth * 60_000);
      return wallet.hold(10, [one]) !== undefined;
    });
    expect(refused.filter(Boolean)).toHaveLength(7);
    wallet.purse.giveUpLost();
    expect(wallet.sums(one)).toEqual({ spent: 50, held: 0 });
  });

  it('is told by a report before its time too, and where nothing was held for it', async () => {
    using wallet = await openWallet(NOON);
    const claim = { id: 'a', who: who(), nano: 7, expiresAt: Date.parse(AFTER), unbound: true };
    wallet.purse.hold([claim], []);
    const { underWay, by } = reportsIn(wallet.db);
    expect([underWay(), by('model', 0)]).toEqual([{ attempts: 1, nanoUsd: 7 }, []]);
    wallet.at(AFTER);
    wallet.purse.giveUpLost();
    expect(underWay()).toEqual({ attempts: 0, nanoUsd: 0 });
    expect(by('model', 0)).toMatchObject([{ lost: 1, lostNanoUsd: 7, unknown: 0 }]);
  });

  it('of unknown price is lost at an unknown cost', async () => {
    using wallet = await openWallet(NOON);
    wallet.purse.hold([{ id: 'a', who: who(), nano: null, expiresAt: Date.parse(AFTER), unbound: true }], []);
    wallet.at(AFTER);
    wallet.purse.giveUpLost();
    expect(reportsIn(wallet.db).by('model', 0)).toMatchObject([{ lost: 1, nanoUsd: 0, unknown: 1 }]);
  });

  it('and does so in the end counts as the larger of both, once', async () => {
    using wallet = await openWallet(NOON);
    for (const [nth, [held, cost]] of [
      [10, 8],
      [10, 13],
    ].entries()) {
      const id = `late-${nth}`;
      wallet.purse.hold([{ id, who: who(), nano: held ?? 0, expiresAt: Date.parse(NOON) + 1 }], [budget()]);
      wallet.at(AFTER);
      wallet.purse.giveUpLost();
      for (let times = 0; times < 2; times += 1) wallet.purse.settle(entry(id, Date.parse(AFTER), cost ?? 0));
    }
    expect(wallet.sums(budget())).toEqual({ spent: 10 + 13, held: 0 });
    expect(reportsIn(wallet.db).by('model', 0)).toMatchObject([{ calls: 2, attempts: 4, lost: 2 }]);
  });

  it('was not made where it is released', async () => {
    using wallet = await openWallet(NOON);
    wallet.purse.hold([{ id: 'a', who: who(), nano: 7, expiresAt: Date.parse(AFTER) }], [budget()]);
    wallet.purse.release('a');
    wallet.at(AFTER);
    wallet.purse.giveUpLost();
    expect(wallet.db.all('SELECT uid FROM attempt')).toEqual([]);
  });
});

describe('a clock that is set while an attempt is made', () => {
  it.each([
    ['forward by an hour', '2026-11-21T13:00:00Z'],
    ['forward by a day', '2026-11-22T12:00:00Z'],
    ['forward by a year', '2027-11-21T12:00:00Z'],
    ['back by a day', '2026-11-20T12:00:00Z'],
  ])('%s frees nothing that is held for it', async (_, moment) => {
    using wallet = await openWallet(NOON);
    expect(wallet.hold(DOLLAR, [budget()])).toBeUndefined();
    wallet.set(moment);
    expect(wallet.hold(1, [budget()])).toMatchObject({ spent: 0, held: DOLLAR });
    expect(wallet.holds()).toBe(1);
    wallet.at(Date.parse(moment) + 60_000);
    wallet.purse.giveUpLost();
    expect(wallet.holds()).toBe(0);
  });

  it('tells another start of the machine, and another machine, by the clock on the wall', async () => {
    const db = await openDb(IN_MEMORY, MIGRATIONS);
    const now = Date.parse(NOON);
    const claim = { id: 'a', who: who(), nano: 1, expiresAt: now + 60_000 };
    purseIn(db, { ...clockAt(() => now), uptime: () => 9000 }).hold([claim], [budget()]);
    const restarted = { ...clockAt(() => now + 59_000), uptime: () => 10 };
    const other = { ...clockAt(() => now + 59_000), uptime: () => 1e12, host: 'another' };
    for (const clock of [restarted, other]) purseIn(db, clock).giveUpLost();
    expect(db.all('SELECT uid FROM attempt')).toEqual([]);
    purseIn(db, { ...restarted, now: () => now + 60_000 }).giveUpLost();
    expect(db.all('SELECT uid FROM attempt')).toEqual([{ uid: 'a' }]);
    db.close();
  });
});
