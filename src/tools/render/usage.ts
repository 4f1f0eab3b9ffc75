import Table from 'cli-table3';
import { dollars } from '../../core/money.ts';
import { clip, count, duration, list, oneLine, plural } from '../../core/text.ts';
import type { Engine } from '../../engine/engine.ts';
import { DIMENSIONS, type Dimension, type Line, spending, type Spending } from '../../engine/spending.ts';

/** How many characters the longest bar has. */
const BAR = 24;

/** Eighths of a block, so that a bar is as long as its number to the eighth of a character. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar for a value, the longest for the greatest; what is not nothing shows. */
function bar(value: number, greatest: number): string {
  if (value <= 0 || greatest <= 0) return '';
  const eighths = Math.max(1, Math.round((value / greatest) * BAR * 8));
  return `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}`;
}

/** No lines but the spaces between columns: it reads the same in a terminal, a log and a chat. */
const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((name) => [name, '']),
);

const moneyText = ({ nanoUsd, unknown }: Line): string =>
  unknown === 0 ? dollars(nanoUsd) : `${nanoUsd === 0 ? '' : `${dollars(nanoUsd)} + `}${plural(unknown, 'unknown')}`;

/** One column of the report: its head, how it is aligned, what it says of a line. */
type Column = { head: string; align: 'left' | 'right'; text: (line: Line, greatest: number) => string };

const toRight = (head: string, text: Column['text']): Column => ({ head, align: 'right', text });

/** The columns behind the first, in order; `drop`: what leaves first where a terminal is too narrow. */
const COLUMNS: readonly (Column & { drop?: number })[] = [
  toRight('calls', ({ calls, cached }) => (cached === 0 ? count(calls) : `${count(calls)} + ${count(cached)} kept`)),
  { ...toRight('attempts', ({ attempts }) => count(attempts)), drop: 3 },
  { ...toRight('failed', ({ failed }) => count(failed)), drop: 4 },
  { ...toRight('tokens in', ({ input, cacheRead, cacheWrite }) => count(input + cacheRead + cacheWrite)), drop: 5 },
  { ...toRight('out', ({ output }) => count(output)), drop: 5 },
  { ...toRight('mean time', ({ meanMs }) => (meanMs === 0 ? '' : duration(meanMs))), drop: 2 },
  toRight('cost', moneyText),
  { head: '', align: 'left', text: ({ nanoUsd }, greatest) => bar(nanoUsd, greatest), drop: 1 },
];

/** The most characters of a name in the first column. */
const MAX_KEY = 60;

/** The most columns that can leave, one step after the other. */
const STEPS = [0, 1, 2, 3, 4, 5];

/** Lines as a table with a bar for the money of each, no wider than `width`; at most `most` of them. */
function table(dimension: Dimension, lines: readonly Line[], most: number, width: number): string {
  const drawn = STEPS.map((step) => drawTable(dimension, lines, most, step));
  return drawn.find((text) => widest(text) <= width) ?? drawn.at(-1) ?? '';
}

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

/** Draws the columns that are left after `step` steps of dropping. */
function drawTable(dimension: Dimension, lines: readonly Line[], most: number, step: number): string {
  const columns = COLUMNS.filter(({ drop = Infinity }) => drop > step);
  const shown = dimension === 'day' ? lines.slice(-most) : lines.slice(0, most);
  const greatest = Math.max(...shown.map(({ nanoUsd }) => nanoUsd));
  const out = new Table({
    head: [dimension, ...columns.map(({ head }) => head)],
    colAligns: ['left', ...columns.map(({ align }) => align)],
    chars: { ...NO_LINES, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const line of shown) {
    const key = clip(oneLine(line.key) || '(unnamed)', MAX_KEY);
    out.push([key, ...columns.map(({ text }) => text(line, greatest))]);
  }
  const rest = lines.length - shown.length;
  const text = out
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
  return rest === 0 ? text : `${text}\n(${count(rest)} more: --json and --csv have all)`;
}

const day = (at: number): string => new Date(at).toLocaleDateString('sv-SE');

const minute = (at: number): string => new Date(at).toLocaleString('sv-SE').slice(0, 16);

/** `Budget "mine"`, and whom it counts where each has the limit for itself. */
export const budgetName = ({ budget, whose }: Spending['budgets'][number]): string =>
  `Budget "${oneLine(budget.name)}"${whose === undefined ? '' : ` (${oneLine(whose)})`}`;

function budgetText({ budgets }: Spending): string[] {
  return budgets.map((standing) => {
    const { budget, spent, held, ahead, resetAt, resetsAt } = standing;
    const early = ahead === undefined ? '' : ` (${dollars(ahead)} of it while the clock was ahead; --reset lets go of it)`;
    const left = Math.max(0, budget.limit - spent - held);
    const under = held === 0 ? '' : `, ${dollars(held)} held by calls under way`;
    const again = resetsAt === undefined ? '' : `; begins anew on ${minute(resetsAt)}`;
    const since = resetAt === undefined ? '' : `; was reset on ${minute(resetAt)}`;
    const warns = budget.mode === 'warn' ? ' (only warns)' : '';
    return `${budgetName(standing)}${warns}: ${dollars(spent)} spent${early}${under}, ${dollars(left)} left${again}${since}.`;
  });
}

/** Sums a number of all lines. */
const sumOf = (lines: readonly Line[], numberOf: (line: Line) => number): number =>
  lines.reduce((sum, line) => sum + numberOf(line), 0);

/** Says for how many attempts nobody lived to tell the end, and in which processes. */
function lostText(lines: readonly Line[], processes: readonly string[]): string[] {
  const lost = sumOf(lines, (line) => line.lost);
  if (lost === 0) return [];
  const money = dollars(sumOf(lines, (line) => line.lostNanoUsd));
  const whose = processes.length === 0 ? '' : ` (process ${list(processes)})`;
  return [
    `Of it ${money} counts for ${plural(lost, 'attempt')} whose end nobody told, because the program was ended in the middle${whose}: what each may have cost at most.`,
  ];
}

/** Says what of the money no vendor told. */
const estimatedText = (nano: number): string[] =>
  nano === 0 ? [] : [`Of it ${dollars(nano)} is estimated, because the vendor told no count.`];

/** Says what is not in the sums yet. */
function underWayText({ attempts, nanoUsd }: Spending['underWay']): string[] {
  if (attempts === 0) return [];
  const are = attempts === 1 ? 'is' : 'are';
  return [`${plural(attempts, 'attempt')} ${are} not over yet, as far as anybody told: up to ${dollars(nanoUsd)} may be due.`];
}

/** How many lines of a dimension are shown where several are. */
const MOST = 14;

/** Where the money went, for people and models alike; `width`: of the terminal, in characters. */
export function renderUsage(report: Spending, width = Infinity): string {
  const { since, by, underWay, lostProcesses } = report;
  const tables = DIMENSIONS.flatMap((dimension): [Dimension, readonly Line[]][] => {
    const own = by[dimension];
    return own === undefined ? [] : [[dimension, own]];
  });
  const [, lines = []] = tables[0] ?? [];
  const head = since === 0 ? 'All that was ever spent' : `Spent since ${day(since)}`;
  const beside = [...underWayText(underWay), ...budgetText(report)];
  if (lines.length === 0)
    return [`${head}: nothing; no model ${underWay.attempts === 0 ? 'was called' : 'has answered'}.`, ...beside].join('\n');
  const unknown = sumOf(lines, (line) => line.unknown);
  const more = unknown === 0 ? '' : `, and ${plural(unknown, 'attempt')} of unknown cost`;
  return [
    `${head}: ${dollars(sumOf(lines, (line) => line.nanoUsd))} for ${plural(
      sumOf(lines, (line) => line.attempts),
      'attempt',
    )}${more}.`,
    ...estimatedText(sumOf(lines, (line) => line.estimatedNanoUsd)),
    ...lostText(lines, lostProcesses),
    ...beside,
    ...tables.flatMap(([dimension, own]) => ['', table(dimension, own, MOST, width)]),
  ].join('\n');
}

const MONTH_MS = 30 * 24 * 3_600_000;

/** What was spent in the last 30 days, by everything that it can be told apart by. */
export const usageText = async (engine: Engine): Promise<string> => renderUsage(await spending(engine, Date.now() - MONTH_MS));
