import { stringify } from 'csv-stringify/sync';
import { Failure, failureIn } from '../core/errors.ts';
import { dollars, NANO_PER_USD } from '../core/money.ts';
import { didYouMean } from '../core/nearest.ts';
import { list } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { DIMENSIONS, type Dimension, type Line, spending, type Spending, startAnew } from '../engine/spending.ts';
import { budgetName, renderUsage } from '../tools/render/usage.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { withEngine } from './with-engine.ts';

export type UsageOptions = EngineOptions & { by?: string; since?: string; reset?: string; json?: boolean; csv?: boolean };

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

const noTime = (text: string): Failure =>
  new Failure('input', `--since: "${text}" is no time; write 24h, 7d, 4w, a day such as 2026-11-01, or all`);

/** `24h`, `7d`, `4w`, `all` or a day as a moment in epoch milliseconds. Throws an `input` failure. */
function sinceOf(text: string): number {
  if (text === 'all') return 0;
  const [, amount, unit = ''] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (amount !== undefined && length !== undefined) {
    const since = Date.now() - Number(amount) * length;
    if (since < 0) throw new Failure('input', `--since: ${text} goes back to before 1970; write all for everything`);
    return since;
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // The 31st of a month of 30 days would be taken for the first of the next.
  const isReal = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (!isReal) throw noTime(text);
  return new Date(`${text}T00:00:00`).getTime();
}

function dimensionOf(text: string): Dimension {
  const found = DIMENSIONS.find((dimension) => dimension === text);
  if (found !== undefined) return found;
  throw new Failure('input', `--by: there is no "${text}"${didYouMean(text, DIMENSIONS)}; it is ${list(DIMENSIONS, 'or')}`);
}

/** Money as whole nano-dollars and as dollars: nobody has to multiply. */
function plain({ nanoUsd, unknown, estimatedNanoUsd, lostNanoUsd, meanMs, ...line }: Line) {
  // What nobody knows is not 0: where no attempt's cost is known, there is none to tell.
  const isKnown = nanoUsd > 0 || unknown === 0;
  return {
    ...line,
    mean_ms: meanMs,
    cost_usd: isKnown ? nanoUsd / NANO_PER_USD : null,
    cost_nano_usd: isKnown ? nanoUsd : null,
    unknown_costs: unknown,
    estimated_nano_usd: estimatedNanoUsd,
    lost_nano_usd: lostNanoUsd,
  };
}

const asJson = ({ since, by, budgets, underWay, lostProcesses }: Spending) => ({
  since: new Date(since).toISOString(),
  ...Object.fromEntries(Object.entries(by).map(([dimension, lines]) => [`by_${dimension}`, lines.map(plain)])),
  under_way: { attempts: underWay.attempts, most_nano_usd: underWay.nanoUsd },
  lost_processes: lostProcesses,
  budgets: budgets.map(({ budget, whose, spent, held, resetAt, resetsAt }) => ({
    name: budget.name,
    ...(whose === undefined ? {} : { of: whose }),
    limit_nano_usd: budget.limit,
    spent_nano_usd: spent,
    held_nano_usd: held,
    mode: budget.mode,
    ...(resetAt === undefined ? {} : { reset_at: new Date(resetAt).toISOString() }),
    ...(resetsAt === undefined ? {} : { resets_at: new Date(resetsAt).toISOString() }),
  })),
});

const asCsv = ({ by }: Spending): string =>
  stringify(
    Object.entries(by).flatMap(([dimension, lines]) => lines.map((line) => ({ by: dimension, ...plain(line) }))),
    { header: true, escape_formulas: true },
  );

type Asked = { by: readonly Dimension[]; since: number };

function askedOf({ by, since = '30d', json, csv }: UsageOptions): Asked {
  const all = json || csv ? DIMENSIONS : (['day', 'model'] as const);
  return { by: by === undefined ? all : [dimensionOf(by)], since: sinceOf(since) };
}

/** Lets the budgets of a name begin anew, and says what each stood at. */
async function startOver(io: Io, engine: Engine, name: string): Promise<void> {
  try {
    for (const standing of await startAnew(engine, name))
      io.tell(`${budgetName(standing)} begins anew: ${dollars(standing.spent)} counted for it until now.`);
  } catch (error) {
    const failure = failureIn(error);
    throw failure?.kind === 'input' ? new Failure('input', `--reset: ${failure.message}`) : error;
  }
}

/** `switchboard usage`: where the money went, and how the budgets stand. Returns the exit code. */
export async function usage(io: Io, options: UsageOptions): Promise<number> {
  const { reset, json, csv } = options;
  return withEngine(
    io,
    options,
    () => askedOf(options),
    async (engine, { since, by }) => {
      if (reset !== undefined) await startOver(io, engine, reset);
      const spent = await spending(engine, since, by);
      if (json) io.print(`${JSON.stringify(asJson(spent))}\n`);
      else io.print(csv ? asCsv(spent) : `${renderUsage(spent, io.columns)}\n`);
      return EXIT.answered;
    },
  );
}
