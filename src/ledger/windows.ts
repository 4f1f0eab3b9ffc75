import type { Budget, ScopeKind, Spender, Window } from '../core/budget.ts';
import { isNamedBy } from '../glob/glob.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a rolling window is, in milliseconds; a month has thirty days there. */
const SPAN: Partial<Record<Window, number>> = { hour: HOUR, day: DAY, week: 7 * DAY, month: 30 * DAY };

/** A rolling window is counted in so many pieces, so it moves on in steps of a sixtieth. */
const PIECES = 60;

/** Every time zone is a multiple of a quarter of an hour away from UTC, so no such quarter lies in two days. */
const QUARTER = HOUR / 4;

/** What an attempt was for, as far as scopes tell it apart. */
export type Scoped = Pick<Spender, 'provider' | 'model' | 'tool' | 'project'>;
type Facet = keyof Scoped;

/** What one budget counts for one spender at one moment. Times are epoch milliseconds. */
export type Account = {
  /** Names what is counted: budgets that count the same share the sums, and what is held. */
  key: string;
  /**
   * Names the count that it is a part of: each provider, model, tool or project that a budget has a limit for is counted in the
   * same pass over the journal. Days begin at another moment in another time zone, so they are counted apart.
   */
  count: string;
  budget: Budget;
  /** Whom it counts, where each provider, model, tool or project has the limit for itself. */
  whose?: string;
  /** Pieces that begin before this do not count any more. */
  since: number;
  /** When everything begins anew; absent: never, or bit by bit. */
  resetsAt?: number;
  /** Rows are summed over spans of so many milliseconds before they go to a piece. */
  quantum: number;
  /** The beginning of the piece that a moment belongs to. */
  pieceOf: (at: number) => number;
  /** Only rows of this session or call can count. */
  only?: { column: 'session' | 'call'; value: string };
  /** What of an attempt decides for whom it counts. */
  facets: readonly Facet[];
  /** The account of the same count that an attempt counts for, by what it was for; undefined: none. */
  keyOf: (row: Scoped) => string | undefined;
};

/**
 * Pieces from here on lie in the future, in epoch milliseconds: the clock was ahead when they were spent. They count all the
 * same, because a clock that is set back must not bring new money.
 */
export const futureOf = ({ resetsAt }: Account): number => resetsAt ?? Number.MAX_SAFE_INTEGER;

/** The first moment whose piece counts, in epoch milliseconds. */
export const firstCounted = ({ since, quantum }: Account): number => Math.ceil(since / quantum) * quantum;

/** The beginning of a calendar window, in the machine's time zone; weeks begin on Monday (ISO 8601). `next`: of the one after it. */
function calendarStart(window: Window, at: number, next = 0): number {
  const date = new Date(at);
  if (window === 'hour') return new Date(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours() + next).getTime();
  if (window === 'month') return new Date(date.getFullYear(), date.getMonth() + next, 1).getTime();
  const back = window === 'week' ? (date.getDay() + 6) % 7 : 0;
  const step = (window === 'week' ? 7 : 1) * next;
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back + step).getTime();
}

const VALUE: Record<ScopeKind, (row: Scoped) => string> = {
  all: () => '',
  provider: ({ provider }) => provider,
  // Where a vendor takes an id in other capitals, it is no other model.
  model: ({ provider, model }) => `${provider}/${model}`.toLowerCase(),
  tool: ({ tool }) => tool,
  project: ({ project }) => project,
};

const FACETS: Record<ScopeKind, readonly Facet[]> = {
  all: [],
  provider: ['provider'],
  model: ['provider', 'model'],
  tool: ['tool'],
  project: ['project'],
};

const or =
  (exact: string, matches: (text: string) => boolean) =>
  (text: string): boolean =>
    text === exact || matches(text);

type Scope = Pick<Account, 'facets'> & {
  /** What all of its accounts have in common, and the name of each. */
  name: string;
  nameOf: (row: Scoped) => string | undefined;
  whose: (row: Scoped) => string | undefined;
};

/** Which attempts a budget counts: those of its pattern together, else each value of its scope for itself. */
function scoped({ scope: { kind, pattern }, project }: Budget): Scope {
  const value = VALUE[kind];
  const here = project === undefined ? '' : ` in ${project}`;
  // A folder's name may look like a pattern, and still be meant as it stands.
  const isMeant = pattern === undefined ? () => true : or(pattern, isNamedBy([pattern]));
  const own = (row: Scoped): string => (pattern === undefined ? value(row) : '');
  return {
    name: `${kind}${pattern === undefined ? '' : `:${pattern}`}${here}`,
    nameOf(row) {
      if (!isMeant(value(row)) || (project !== undefined && row.project !== project)) return undefined;
      return `${kind}${pattern === undefined ? own(row) && ` ${own(row)}` : `:${pattern}`}${here}`;
    },
    whose: (row) => own(row) || undefined,
    facets: project === undefined ? FACETS[kind] : [...new Set([...FACETS[kind], 'project' as const])],
  };
}

type Clock = Pick<Account, 'since' | 'resetsAt' | 'quantum' | 'pieceOf' | 'only'>;

function clockOf({ window, rolling }: Budget, { session, call }: Spender, now: number): Clock {
  const span = SPAN[window];
  if (span === undefined) {
    const only = window === 'session' ? { column: window, value: session } : { column: 'call' as const, value: call };
    return { since: 0, quantum: DAY, pieceOf: () => 0, ...(window === 'total' ? {} : { only }) };
  }
  if (rolling) {
    const quantum = span / PIECES;
    return { since: now - span - quantum + 1, quantum, pieceOf: (at) => Math.floor(at / quantum) * quantum };
  }
  return {
    since: calendarStart(window, now),
    resetsAt: calendarStart(window, now, 1),
    quantum: QUARTER,
    pieceOf: (at) => calendarStart(window, at),
  };
}

/** What a budget counts for this spender now; undefined when it is none of its business. Pure. */
export function accountOf(budget: Budget, who: Spender, now: number): Account | undefined {
  const { name, nameOf, whose, facets } = scoped(budget);
  const clock = clockOf(budget, who, now);
  const window = `${budget.window}${budget.rolling ? '~' : ''}`;
  const only = clock.only === undefined ? '' : ` ${clock.only.value}`;
  const keyOf = (row: Scoped): string | undefined => {
    const own = nameOf(row);
    return own === undefined ? undefined : `${window} ${own}${only}`;
  };
  const [key, own] = [keyOf(who), whose(who)];
  if (key === undefined) return undefined;
  // A day, and a month with a change of the clock in it, begins when its zone says: elsewhere it is another one.
  const zone = clock.resetsAt === undefined ? 0 : new Date(clock.since).getTimezoneOffset();
  const count = `${window}${zone === 0 ? '' : ` @${zone}`}${only} ${name}`;
  return { key, count, budget, ...(own === undefined ? {} : { whose: own }), facets, keyOf, ...clock };
}

/** When a budget begins anew, whomever it counts, in epoch milliseconds; undefined: never, or bit by bit. */
export const resetsAtOf = ({ window, rolling }: Pick<Budget, 'window' | 'rolling'>, now: number): number | undefined =>
  SPAN[window] === undefined || rolling ? undefined : calendarStart(window, now, 1);
