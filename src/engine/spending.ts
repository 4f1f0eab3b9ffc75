import type { ModelRef } from '../core/chat.ts';
import { type Cost, NANO_PER_USD } from '../core/money.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Standing } from '../ledger/purse.ts';
import { DIMENSIONS, type Dimension, type Line, type Observed, type UnderWay } from '../ledger/report.ts';
import { isBusy } from '../ledger/sqlite-codes.ts';
import type { Engine } from './engine.ts';
import { withLedger } from './money/books.ts';
import { subjectOf } from './money/quote.ts';
import { resetBudgets, standingsOf } from './money/standings.ts';

export { DIMENSIONS, type Dimension, type Line, type Observed } from '../ledger/report.ts';

/** Where the money went. Nano-dollars; `since`: epoch milliseconds. */
export type Spending = {
  since: number;
  by: Partial<Record<Dimension, readonly Line[]>>;
  budgets: readonly Standing[];
  /** Attempts that are not over yet, and the most that they may cost. */
  underWay: UnderWay;
  /** The processes that ended in the middle of attempts, the latest first: a few of them. */
  lostProcesses: readonly string[];
};

/** How many processes are named that ended in the middle of an attempt. */
const NAMED_PROCESSES = 3;

const UNTOLD = 'What was spent cannot be told';

/** Lets the budgets of a name begin anew, and returns how they stood. Throws as `spending`, and `input` for a name that is none. */
export const startAnew = (engine: Engine, name: string): Promise<Standing[]> =>
  withLedger(engine.ledger, UNTOLD, (ledger) => resetBudgets(name, engine.config, ledger));

/**
 * What was spent since a moment (epoch milliseconds), by each dimension that is asked for, and how the budgets stand. Throws a
 * `config` failure when the ledger cannot be read: nothing would be the wrong answer.
 */
export const spending = (engine: Engine, since: number, by: readonly Dimension[] = DIMENSIONS): Promise<Spending> =>
  withLedger(engine.ledger, UNTOLD, (ledger) => {
    tellLost(ledger);
    const { reports } = ledger;
    const lines = by.map((dimension) => [dimension, reports.by(dimension, since)]);
    return {
      since,
      by: Object.fromEntries(lines),
      budgets: standingsOf(engine.config, ledger),
      underWay: reports.underWay(),
      lostProcesses: reports.lostProcesses(since, NAMED_PROCESSES),
    };
  });

/** Has the journal tell of attempts that are lost. A report waits for no lock: while another program has it, they are under way. */
function tellLost({ purse }: Ledger): void {
  try {
    purse.giveUpLost();
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

/** How the models did in the last attempts of this machine, by `provider/model`; empty where nothing can be read. */
export async function observed(engine: Engine): Promise<ReadonlyMap<string, Observed>> {
  try {
    const rows = (await engine.ledger()).ledger.reports.observed();
    return new Map(rows.map((row) => [`${row.provider}/${row.model}`, row]));
  } catch {
    // It is beside the point of whoever asks what can be called.
    return new Map();
  }
}

/** What a model costs, in dollars per million tokens, by whatever its attempts will be priced by. */
export type ListPrice = { input: number; output: number };

/** So few that no tier begins, so many that nothing is lost in rounding. */
const SAMPLE = 1000;

/** Tells what models cost; undefined where nobody knows. */
export async function priceList(engine: Engine): Promise<(target: ModelRef) => ListPrice | undefined> {
  const prices = await engine.prices();
  const now = new Date();
  const perMillion = (cost: Cost): number | undefined =>
    cost.nanoUsd === null ? undefined : Number(((cost.nanoUsd / SAMPLE) * (1_000_000 / NANO_PER_USD)).toPrecision(6));
  return (target) => {
    const subject = subjectOf(target, undefined, prices);
    const input = perMillion(prices.price({ input: SAMPLE, output: 0 }, subject, now));
    const output = perMillion(prices.price({ input: 0, output: SAMPLE }, subject, now));
    return input === undefined || output === undefined ? undefined : { input, output };
  };
}
