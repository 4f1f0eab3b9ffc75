import { join } from 'node:path';
import { Failure } from '../core/errors.ts';
import { type BreakerStore, breakerTable, memoryBreaker } from './breaker-store.ts';
import { addContents, type Contents, contentsOf, moneyOf } from './contents.ts';
import { type Db, IN_MEMORY, openDb } from './db.ts';
import { type KeptAnswers, keptAnswersIn } from './kept-answers.ts';
import { type KeptResults, keptResultsIn } from './kept-results.ts';
import { MIGRATIONS } from './migrations.ts';
import { NOWHERE, type Place, placeOf } from './place.ts';
import { type Purse, purseIn } from './purse.ts';
import { type Reports, reportsIn } from './report.ts';
import { isBusy } from './sqlite-codes.ts';
import { forgetStale } from './tally.ts';
import { type Threads, threadsIn } from './threads.ts';
import { giveUpLost, MACHINE_CLOCK } from './under-way.ts';

/**
 * What the server processes of a machine share. It sits behind this interface, and not behind SQL, so that another database
 * can serve the servers of many machines.
 */
export type Ledger = {
  breaker: BreakerStore;
  purse: Purse;
  answers: KeptAnswers;
  reports: Reports;
  threads: Threads;
  results: KeptResults;
  /** All that is kept, so that another ledger can go on with it. */
  contents: () => Contents;
  /** The part of it that is money: no word that anybody said. */
  money: () => Contents;
  add: (contents: Contents) => void;
  /** Where it lies, and whether it still does. */
  place: Place;
  close: () => void;
};

const over = (db: Db, breaker: BreakerStore, place: Place, pid?: number): Ledger => ({
  breaker,
  purse: purseIn(db, MACHINE_CLOCK, pid),
  answers: keptAnswersIn(db),
  reports: reportsIn(db),
  threads: threadsIn(db),
  results: keptResultsIn(db),
  contents: () => contentsOf(db),
  money: () => moneyOf(db),
  add: (contents) => addContents(db, contents),
  place,
  close: db.close,
});

/** Where the ledger lies. */
export const ledgerPath = (home: string): string => join(home, 'switchboard.db');

/** What serves where no file can: the state of this process alone. Throws where the database itself cannot be loaded. */
export const memoryLedger = async (pid?: number): Promise<Ledger> =>
  over(await openDb(IN_MEMORY, MIGRATIONS), memoryBreaker(), NOWHERE, pid);

/** What serves where not even a database in memory can be had: nothing is kept, and no money can be held. */
export function noLedger(): Ledger {
  const unable = (): never => {
    throw new Failure('config', 'There is no ledger to keep it in: install switchboard-mcp again, with the package libsql');
  };
  return {
    breaker: memoryBreaker(),
    purse: {
      hold: unable,
      wouldRefuse: unable,
      settle: () => undefined,
      release: () => undefined,
      giveUpLost: () => undefined,
      standings: () => [],
      reset: unable,
    },
    answers: { read: () => undefined, write: () => undefined },
    reports: {
      by: () => [],
      lostProcesses: () => [],
      underWay: () => ({ attempts: 0, nanoUsd: 0 }),
      spenders: () => [],
      observed: () => [],
    },
    threads: {
      begin: unable,
      read: () => undefined,
      turns: () => [],
      append: unable,
      summarise: unable,
      list: () => [],
      remove: () => false,
      sweep: () => 0,
    },
    results: { keep: unable, read: () => undefined },
    contents: () => [],
    money: () => [],
    add: unable,
    place: NOWHERE,
    close: () => undefined,
  };
}

/** What nobody will look at again goes; a file that is busy lets go of it the next time. */
function tidy(db: Db): void {
  try {
    giveUpLost(db, MACHINE_CLOCK);
    db.immediate(() => forgetStale(db, Date.now()));
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

/** Opens the ledger in `home` for a process. Throws what opening the file throws. */
export async function openLedger(home: string, pid?: number): Promise<Ledger> {
  const db = await openDb(ledgerPath(home), MIGRATIONS);
  try {
    tidy(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return over(db, breakerTable(db), placeOf(ledgerPath(home)), pid);
}
