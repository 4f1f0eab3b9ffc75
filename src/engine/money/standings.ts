import type { Config } from '../../config/config.ts';
import type { Budget, Spender } from '../../core/budget.ts';
import { Failure } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Standing } from '../../ledger/purse.ts';
import { accountOf } from '../../ledger/windows.ts';

/** Windows that are over before anybody could look at them from outside. */
const FLEETING: ReadonlySet<string> = new Set(['call', 'session']);

type Told = Pick<Config, 'budgets' | 'project'>;

/** A budget that outlasts a call, and those whom it has counted lately, one for each of its accounts. */
function countedBy({ budgets, project }: Told, ledger: Ledger): { budget: Budget; spenders: Spender[] }[] {
  const nobody: Spender = { provider: '', model: '', tool: '', project, session: '', call: '' };
  const seen = [nobody, ...ledger.reports.spenders().map((facets) => ({ ...nobody, ...facets }))];
  return budgets
    .filter(({ window }) => !FLEETING.has(window))
    .map((budget) => {
      const accounts = seen.flatMap((who) => {
        const account = accountOf(budget, who, 0);
        return account === undefined ? [] : [[account.key, who] as const];
      });
      return { budget, spenders: [...new Map(accounts).values()] };
    });
}

/** How the budgets stand that outlast a call, each for whomever it has counted lately. */
export const standingsOf = (config: Told, ledger: Ledger): Standing[] =>
  countedBy(config, ledger).flatMap(({ budget, spenders }) => {
    const standings = spenders.flatMap((who) => ledger.purse.standings([budget], who));
    const used = standings.filter(({ spent, held, resetAt }) => spent + held > 0 || resetAt !== undefined);
    // A budget that has counted nothing yet is shown all the same: it may be one that never will.
    return used.length > 0 ? used : [{ ...standings[0], budget, spent: 0, held: 0 }];
  });

/** Lets the budgets of a name begin anew; how they stood. Throws an `input` failure that says which there are. */
export function resetBudgets(name: string, config: Told, ledger: Ledger): Standing[] {
  const all = countedBy(config, ledger);
  const meant = all.filter(({ budget }) => budget.name === name);
  if (meant.length === 0) {
    const names = [...new Set(all.map(({ budget }) => `"${budget.name}"`))];
    throw new Failure(
      'input',
      `--reset: there is no budget "${name}" that outlasts a call${names.length === 0 ? '; none is set' : `; there are ${list(names)}`}`,
    );
  }
  return meant.flatMap(({ budget, spenders }) => spenders.flatMap((who) => ledger.purse.reset(budget, who) ?? []));
}
