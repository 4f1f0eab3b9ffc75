import { type Budget, type ScopeKind, SCOPES, type Window } from '../core/budget.ts';
import { Failure } from '../core/errors.ts';
import { dollars, nanoOf } from '../core/money.ts';
import { list } from '../core/text.ts';
import type { BudgetValues, ConfigValues } from './schema.ts';

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

const SHORT = /^\$?\s*(\d+(?:\.\d+)?)\s*(?:\$|usd|dollars?)?\s*(?:(?:an?|per|each|in|\/)\s*)?([a-z]+)$/i;

type Place = { path: string };

/** The same as for `limit_usd`. */
const MOST_USD = 1_000_000;

/** `$5 a day` as an entry of `budgets`. Throws a `config` failure that shows how it is written. */
function parseShort(text: string | number, { path }: Place): BudgetValues {
  const [, amount, said = ''] = SHORT.exec(String(text).trim()) ?? [];
  const window = SAID[said.toLowerCase()];
  if (amount !== undefined && window !== undefined && Number(amount) <= MOST_USD) return { limit_usd: Number(amount), window };
  throw new Failure(
    'config',
    `${path}: budget: "${String(text)}" is not understood; write an amount and how long it lasts, such as "$5 a day", "$0.50 a call" or "$100 a month"`,
  );
}

function parseScope(text: string, { path }: Place): Budget['scope'] {
  const [word = '', ...rest] = text.split(':');
  const kind = SCOPES.find((one): one is ScopeKind => one === word);
  const pattern = rest.join(':').trim();
  if (kind === undefined || (kind === 'all' && pattern !== ''))
    throw new Failure(
      'config',
      `${path}: budgets: the scope "${text}" is not known; it is ${list(SCOPES, 'or')}, or one of these with a pattern, such as provider:openai or model:anthropic/*`,
    );
  return { kind, ...(pattern === '' ? {} : { pattern }) };
}

/** `$5.00 a day for provider openai`: what a budget without a name is called. */
function nameOf(limit: number, window: Window, rolling: boolean, { kind, pattern }: Budget['scope']): string {
  const when = window === 'total' ? 'in total' : `${window === 'hour' ? 'an' : 'a'} ${rolling ? 'rolling ' : ''}${window}`;
  const whom = kind === 'all' ? '' : pattern === undefined ? ` for each ${kind}` : ` for ${kind} ${pattern}`;
  return `${dollars(limit)} ${when}${whom}`;
}

/** Windows that have no clock of their own to move with. */
const FIXED: ReadonlySet<Window> = new Set(['call', 'session', 'total']);

function budgetOf(values: BudgetValues, place: Place): Budget {
  const { limit_usd, window = 'day', mode = 'block' } = values;
  const rolling = (values.rolling ?? false) && !FIXED.has(window);
  const scope = parseScope(values.scope ?? 'all', place);
  const limit = nanoOf(limit_usd);
  return { name: values.name ?? nameOf(limit, window, rolling, scope), limit, window, rolling, scope, mode };
}

/**
 * The budgets of one file. Those of a project's own file count in that project only: a file that came with a repository may
 * add ceilings and never lift one. Throws a `config` failure that names the file.
 */
export function budgetsIn({ budget, budgets = [] }: ConfigValues, place: Place, project: string | undefined): Budget[] {
  const values = [...(budget === undefined ? [] : [parseShort(budget, place)]), ...budgets];
  return values.map((one) => ({ ...budgetOf(one, place), ...(project === undefined ? {} : { project }) }));
}
