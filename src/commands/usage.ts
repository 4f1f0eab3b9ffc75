import { stringify } from 'csv-stringify/sync';
import { Failure } from '../core/errors.ts';
import { dollars, NANO_PER_USD } from '../core/money.ts';
import { didYouMean } from '../core/nearest.ts';
import { list } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { DIMENSIONS, type Dimension, type Line, spending, type Spending, startAnew } from '../engine/spending.ts';
import { renderUsage } from '../tools/render/usage.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { withEngine } from './with-engine.ts';

export type UsageOptions = EngineOptions & { by?: string; since?: string; reset?: string; json?: boolean; csv?: boolean };

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** `24h`, `7d`, `4w`, `all` or a day as a moment in epoch milliseconds. */
function sinceOf(text: string): number {
  if (text === 'all') return 0;
  const [, amount, unit = ''] = /^(\d+)([hdw])$/.exec(text) ?? [];
  const length = UNITS[unit];
  if (amount !== undefined && length !== undefined) return Date.now() - Number(amount) * length;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // The 31st of a month of 30 days would be taken for the first of the next.
  const isReal = day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  if (isReal) return new Date(`${text}T00:00:00`).getTime();
  throw new Failure('input', `--since: "${text}" is no time; write 24h, 7d, 4w, a day such as 2026-11-01, or all`);
}

function dimensionOf(text: string): Dimension {
  const found = DIMENSIONS.find((dimension) => dimension === text);
  if (found !== undefined) return found;
  throw new Failure('input', `--by: there is no "${text}"${didYouMean(text, DIMENSIONS)}; it is ${list(DIMENSIONS, 'or')}`);
}

/** Money as whole nano-dollars and as dollars: nobody has to multiply. */
function plain({ nanoUsd, unknown, ...line }: Line) {
  // What nobody knows is not 0: where no attempt's cost is known, there is none to tell.
  const isKnown = nanoUsd > 0 || unknown === 0;
  return {
    ...line,
    cost_usd: isKnown ? nanoUsd / NANO_PER_USD : null,
    cost_nano_usd: isKnown ? nanoUsd : null,
    unknown_costs: unknown,
  };
}

const asJson = ({ since, by, budgets }: Spending) => ({
  since: new Date(since).toISOString(),
  ...Object.fromEntries(Object.entries(by).map(([dimension, lines]) => [`by_${dimension}`, lines.map(plain)])),
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

/** `switchboard usage`: where the money went, and how the budgets stand. Returns the exit code. */
export async function usage(io: Io, { by, since = '30d', reset, csv, ...options }: UsageOptions): Promise<number> {
  const { json } = options;
  const wanted = (): readonly Dimension[] => {
    if (by !== undefined) return [dimensionOf(by)];
    return json || csv ? DIMENSIONS : ['day', 'model'];
  };
  const work = async (engine: Engine) => {
    if (reset !== undefined)
      for (const { budget, spent } of await startAnew(engine, reset))
        io.tell(`Budget "${budget.name}" begins anew: ${dollars(spent)} counted for it until now.`);
    const spent = await spending(engine, sinceOf(since), wanted());
    if (json) io.print(`${JSON.stringify(asJson(spent))}\n`);
    else io.print(csv ? asCsv(spent) : `${renderUsage(spent)}\n`);
    return EXIT.answered;
  };
  return withEngine(io, options, work, () => void [wanted(), sinceOf(since)]);
}
