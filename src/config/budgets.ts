import { type Budget, type ScopeKind, SCOPES, type Window } from '../core/budget.ts';
import { Failure } from '../core/errors.ts';
import { dollars, nanoOf } from '../core/money.ts';
import { ownEntry } from '../core/own-entry.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { counting } from './budget-scopes.ts';
import { keyText, SHORTHAND } from './complaint.ts';
import type { Parsed } from './file.ts';
import type { Named } from './model-patterns.ts';
import type { BudgetValues } from './schema.ts';

/** The ways to say a window in `budget: $5 a day`. */
const SAID: Readonly<Record<string, Window>> = {
  call: 'call',
  session: 'session',
  hour: 'hour',
  hourly: 'hour',
  day: 'day',
  daily: 'day',
  week: 'week',
  weekly: 'week',
  month: 'month',
  monthly: 'month',
  total: 'total',
};

const SHORT =
  /^\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?:\$|usd|dollars?)?\s*(?:(?:an?|per|each|in|\/)\s*)?([a-z]+)$/i;

/** Where a budget stands: `file line n: key`. */
type Place = string;

/** The same as for `limit_usd`. */
const MOST_USD = 1_000_000;

/** `$5 a day` as an entry of `budgets`. Throws a `config` failure that shows how it is written. */
function parseShort(text: string | number, place: Place): BudgetValues {
  const [, amount = '', said = ''] = SHORT.exec(String(text).trim()) ?? [];
  const window = ownEntry(SAID, said.toLowerCase());
  const limit = Number(amount.replaceAll(',', ''));
  if (amount !== '' && window !== undefined && limit <= MOST_USD) return { limit_usd: limit, window };
  throw new Failure('config', `${place}: "${clip(oneLine(String(text)), 60)}" is not understood; ${SHORTHAND}`);
}

function parseScope(text: string, place: Place): Budget['scope'] {
  const [word = '', ...rest] = text.split(':');
  const kind = SCOPES.find((one): one is ScopeKind => one === word);
  const pattern = rest.join(':').trim();
  if (kind === undefined || (kind === 'all' && pattern !== ''))
    throw new Failure(
      'config',
      `${place}: the scope "${clip(oneLine(text), 60)}" is not known; it is ${list(SCOPES, 'or')}, or one of these with a pattern, such as provider:openai or model:anthropic/*`,
    );
  return { kind, ...(pattern === '' ? {} : { pattern }) };
}

/** `$5.00 a day for provider openai`: what a budget without a name is called. */
function nameOf(limit: number, window: Window, rolling: boolean, { kind, pattern }: Budget['scope']): string {
  const when = window === 'total' ? 'in total' : rolling ? `a rolling ${window}` : `${window === 'hour' ? 'an' : 'a'} ${window}`;
  const whom = kind === 'all' ? '' : pattern === undefined ? ` for each ${kind}` : ` for ${kind} ${pattern}`;
  return `${dollars(limit)} ${when}${whom}`;
}

/** Windows that have no clock of their own to move with. */
const FIXED: ReadonlySet<Window> = new Set(['call', 'session', 'total']);

function budgetOf(values: BudgetValues, place: Place): Budget {
  const { limit_usd, window = 'day', mode = 'block', rolling = false } = values;
  if (rolling && FIXED.has(window))
    throw new Failure(
      'config',
      `${place}: rolling is for windows of time, and "${window}" is none; leave rolling out, or take hour, day, week or month`,
    );
  const scope = parseScope(values.scope ?? 'all', place);
  const limit = nanoOf(limit_usd);
  return { name: values.name ?? nameOf(limit, window, rolling, scope), limit, window, rolling, scope, mode };
}

/**
 * The budgets of one file. Those of a project's own file count in that project only: a file that came with a repository may
 * add ceilings and never lift one. Throws a `config` failure that names the file.
 */
export function budgetsIn({ values, placeOf }: Parsed, project: string | undefined, named: Named): Budget[] {
  const { budget, budgets = [] } = values;
  const said = [
    ...(budget === undefined ? [] : [{ one: budget, keys: ['budget'] }]),
    ...budgets.map((one, at) => ({ one, keys: ['budgets', at] })),
  ];
  return said.map(({ one, keys }) => {
    const place = `${placeOf(keys)}: ${keyText(keys)}`;
    const written = typeof one === 'object' ? one : parseShort(one, place);
    return counting({ ...budgetOf(written, place), ...(project === undefined ? {} : { project }) }, named, place);
  });
}
