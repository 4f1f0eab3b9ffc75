import type { Spender } from '../core/budget.ts';
import type { Db } from './db.ts';

/** By what spending can be told apart. */
export const DIMENSIONS = ['day', 'model', 'provider', 'tool', 'project', 'agent'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What was spent on one day, model or other thing. Money in nano-dollars, times in milliseconds. */
export type Line = {
  key: string;
  /** Models that were asked, each once for each call: a call that compares three counts three times. */
  calls: number;
  /** The same with every further try; answers from the cache are not among them. */
  attempts: number;
  failed: number;
  cached: number;
  input: number;
  cacheRead: number;
  cacheWrite: number;
  output: number;
  nanoUsd: number;
  /** Attempts whose cost nobody knows: the true sum is higher by these. */
  unknown: number;
  /** Of the money, what no vendor told: it was estimated. */
  estimatedNanoUsd: number;
  /** Attempts whose process ended before it could tell what became of them, and the money that counts for them. */
  lost: number;
  lostNanoUsd: number;
  /** The mean time of an answer. */
  meanMs: number;
};

/** What is not in the journal yet: attempts under way, and the most that they may cost. */
export type UnderWay = { attempts: number; nanoUsd: number };

/** What a model's calls were like lately. Nano-dollars and milliseconds, each a mean of those that are known. */
export type Observed = { provider: string; model: string; calls: number; nanoUsd?: number; ms: number };

export type Reports = {
  /** Spending since a moment (epoch milliseconds), dearest first; days in their order. */
  by: (dimension: Dimension, since: number) => Line[];
  /** The processes that ended in the middle of attempts since a moment, the latest first; at most `most` of them. */
  lostProcesses: (since: number, most: number) => string[];
  underWay: () => UnderWay;
  /** For what money was spent in the last attempts of this machine. */
  spenders: () => Pick<Spender, 'provider' | 'model' | 'tool' | 'project'>[];
  /** How the models did in the last attempts of this machine. */
  observed: () => Observed[];
};

const QUARTER_MS = 900_000;

/**
 * The columns that tell a line apart. Days are told in the machine's time zone, so quarters of hours are summed and joined to
 * days. Two columns are grouped as they are, because to join them in every row takes a quarter of the report's time.
 */
const COLUMNS: Record<Dimension, readonly string[]> = {
  day: [`at / ${QUARTER_MS}`],
  model: ['provider', 'model'],
  provider: ['provider'],
  tool: ['tool'],
  project: ['project'],
  agent: ["COALESCE(agent, '')"],
};

const SUMS = `SUM(cached = 0 AND again = 0) AS calls, SUM(cached = 0) AS attempts, SUM(kind IS NOT NULL) AS failed, SUM(cached) AS cached,
  TOTAL(input) AS input, TOTAL(cache_read) AS cache_read, TOTAL(cache_write) AS cache_write, TOTAL(output) AS output, TOTAL(nano_usd) AS nano,
  SUM(cost_from IS NULL) AS unknown, TOTAL(CASE WHEN cost_from IN ('estimate', 'time') THEN nano_usd END) AS estimated,
  SUM(kind = 'lost') AS lost, TOTAL(CASE WHEN kind = 'lost' THEN nano_usd END) AS lost_nano, SUM(CASE WHEN kind IS NULL AND cached = 0 THEN ms END) AS ms`;

/** `2026-11-21` in the machine's time zone. */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

type Summed = Omit<Line, 'key' | 'meanMs'> & { /** Of all answers together. */ ms: number };

const number = (value: unknown): number => Number(value ?? 0);

const NOTHING: Summed = {
  calls: 0,
  attempts: 0,
  failed: 0,
  cached: 0,
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  nanoUsd: 0,
  unknown: 0,
  estimatedNanoUsd: 0,
  lost: 0,
  lostNanoUsd: 0,
  ms: 0,
};

function joined(a: Summed, row: Readonly<Record<string, unknown>>): Summed {
  return {
    calls: a.calls + number(row['calls']),
    attempts: a.attempts + number(row['attempts']),
    failed: a.failed + number(row['failed']),
    cached: a.cached + number(row['cached']),
    input: a.input + number(row['input']),
    cacheRead: a.cacheRead + number(row['cache_read']),
    cacheWrite: a.cacheWrite + number(row['cache_write']),
    output: a.output + number(row['output']),
    nanoUsd: a.nanoUsd + number(row['nano']),
    unknown: a.unknown + number(row['unknown']),
    estimatedNanoUsd: a.estimatedNanoUsd + number(row['estimated']),
    lost: a.lost + number(row['lost']),
    lostNanoUsd: a.lostNanoUsd + number(row['lost_nano']),
    ms: a.ms + number(row['ms']),
  };
}

/** How many attempts back the observed figures reach. */
const LATELY = 20_000;

/** So many rows are grouped at a time: SQLite sorts what it groups, and few are sorted in half the time that many take. */
const SLICE_ROWS = 5000;

/** Sums the journal since a moment, by what `columns` tell apart: several sums for each, to be joined. Has to run in a snapshot. */
function summedBy(db: Db, columns: readonly string[], since: number) {
  const [ends] = db.all('SELECT MIN(id) AS first, (SELECT MAX(id) FROM attempt) AS last FROM attempt WHERE at >= ?', since);
  if (ends?.['first'] == null) return [];
  const [first, last] = [number(ends['first']), number(ends['last'])];
  const slices = Array.from({ length: Math.ceil((last - first + 1) / SLICE_ROWS) }, (_, nth) => first + nth * SLICE_ROWS);
  // `+`: the rows are found by their number, and the index over times is left alone.
  const keys = columns.map((column, nth) => `${column} AS key${nth}`).join(', ');
  const group = columns.map((_, nth) => nth + 1).join(', ');
  const query = `SELECT ${keys}, ${SUMS} FROM attempt WHERE id >= ? AND id < ? AND +at >= ? GROUP BY ${group}`;
  return slices.flatMap((from) => db.all(query, from, from + SLICE_ROWS, since));
}

const LOST_SINCE = "SELECT process FROM attempt WHERE kind = 'lost' AND at >= ? AND process IS NOT NULL";

/** Reports over the file. */
export function reportsIn(db: Db): Reports {
  return {
    by(dimension, since) {
      const lines = new Map<string, Summed>();
      const columns = COLUMNS[dimension];
      for (const row of db.snapshot(() => summedBy(db, columns, since))) {
        const name = columns.map((_, nth) => String(row[`key${nth}`])).join('/');
        const key = dimension === 'day' ? dayOf(Number(name) * QUARTER_MS) : name;
        lines.set(key, joined(lines.get(key) ?? NOTHING, row));
      }
      const told = [...lines].map(([key, { ms, ...sums }]) => {
        const answered = sums.attempts - sums.failed;
        return { key, ...sums, meanMs: answered > 0 ? Math.round(ms / answered) : 0 };
      });
      return dimension === 'day'
        ? told.toSorted((a, b) => (a.key < b.key ? -1 : 1))
        : told.toSorted((a, b) => b.nanoUsd - a.nanoUsd || b.attempts - a.attempts);
    },
    lostProcesses: (since, most) =>
      db.all(`${LOST_SINCE} GROUP BY process ORDER BY MAX(at) DESC LIMIT ?`, since, most).map((row) => String(row['process'])),
    underWay() {
      const [row] = db.all('SELECT COUNT(*) AS attempts, TOTAL(nano_usd) AS nano FROM under_way');
      return { attempts: number(row?.['attempts']), nanoUsd: number(row?.['nano']) };
    },
    spenders: () =>
      db
        .all(`SELECT DISTINCT provider, model, tool, project FROM attempt WHERE id > (SELECT MAX(id) FROM attempt) - ${LATELY}`)
        .map((row) => ({
          provider: String(row['provider']),
          model: String(row['model']),
          tool: String(row['tool']),
          project: String(row['project']),
        })),
    observed: () =>
      db
        .all(
          `SELECT provider, model, COUNT(*) AS calls, AVG(nano_usd) AS nano, AVG(ms) AS ms FROM attempt
           WHERE id > (SELECT MAX(id) FROM attempt) - ${LATELY} AND kind IS NULL AND cached = 0 GROUP BY 1, 2`,
        )
        .map((row) => ({
          provider: String(row['provider']),
          model: String(row['model']),
          calls: number(row['calls']),
          ...(row['nano'] === null ? {} : { nanoUsd: Math.round(number(row['nano'])) }),
          ms: Math.round(number(row['ms'])),
        })),
  };
}
