import type { Config } from '../../config/config.ts';
import type { Budget, Spender } from '../../core/budget.ts';
import { Failure } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Standing } from '../../ledger/purse.ts';
import { resetsAtOf } from '../../ledger/windows.ts';

/** Windows that are over before anybody could look at them from outside. */
const FLEETING: ReadonlySet<string> = new Set(['call', 'session']);

type Told = Pick<Config, 'budgets' | 'project'>;

/** A budget that outlasts a call, and those whom it may have counted. */
type Counted = { budget: Budget; spenders: Spender[] };

function countedBy({ budgets, project }: Told, ledger: Ledger): Counted[] {
  const nobody: Spender = { provider: '', model: '', tool: '', project, session: '', call: '' };
  const seen = ledger.reports.spenders().map((facets) => ({ ...nobody, ...facets }));
  return budgets
    .filter(({ window }) => !FLEETING.has(window))
    .map((budget) => ({ budget, spenders: isOfSomebody(budget, project) ? [nobody, ...seen] : seen }));
}

/** Whether a budget has an account before anybody spent: not where each provider, model or tool has one of its own. */
const isOfSomebody = ({ scope: { kind, pattern } }: Budget, project: string): boolean =>
  kind === 'all' || pattern !== undefined || (kind === 'project' && project !== '');

/** How a budget stands that has counted nobody. */
function untouched(budget: Budget): Standing {
  const resetsAt = resetsAtOf(budget, Date.now());
  return { budget, spent: 0, held: 0, ...(resetsAt === undefined ? {} : { resetsAt }) };
}

/** How the budgets stand that outlast a call, each for whomever it has counted lately. */
export const standingsOf = (config: Told, ledger: Ledger): Standing[] =>
  countedBy(config, ledger).flatMap(({ budget, spenders }) => {
    const standings = ledger.purse.standings([budget], ...spenders);
    const used = standings.filter(({ spent, held, resetAt }) => spent + held > 0 || resetAt !== undefined);
    // A budget that has counted nothing yet is shown all the same: it may be one that never will.
    return used.length > 0 ? used : [standings[0] ?? untouched(budget)];
  });

/** Lets the budgets of a name begin anew; how they stood. Throws an `input` failure that says which there are. */
export function resetBudgets(name: string, config: Told, ledger: Ledger): Standing[] {
  const all = countedBy(config, ledger);
  const meant = all.filter(({ budget }) => budget.name === name);
  if (meant.length === 0) {
    const names = [...new Set(all.map(({ budget }) => `"${budget.name}"`))];
    throw new Failure(
      'input',
      `There is no budget "${name}" that outlasts a call${names.length === 0 ? '; none is set' : `; there are ${list(names)}`}`,
    );
  }
  return meant.flatMap(({ budget, spenders }) => ledger.purse.reset(budget, ...spenders));
}
