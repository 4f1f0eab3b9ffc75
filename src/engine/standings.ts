import type { Spender } from '../core/budget.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Standing } from '../ledger/purse.ts';
import { accountOf } from '../ledger/windows.ts';
import type { Config } from '../config/config.ts';

/** Windows that are over before anybody could look at them from outside. */
const FLEETING: ReadonlySet<string> = new Set(['call', 'session']);

/** How the budgets stand that outlast a call, each for whomever it has counted lately. */
export function standingsOf({ budgets, project }: Pick<Config, 'budgets' | 'project'>, ledger: Ledger): Standing[] {
  const nobody: Spender = { provider: '', model: '', tool: '', project, session: '', call: '' };
  const seen = ledger.reports.spenders().map((facets) => ({ ...nobody, ...facets }));
  return budgets
    .filter(({ window }) => !FLEETING.has(window))
    .flatMap((budget) => {
      const accounts = new Map(
        [nobody, ...seen].flatMap((who) => {
          const account = accountOf(budget, who, 0);
          return account === undefined ? [] : [[account.key, who] as const];
        }),
      );
      return [...accounts.values()].flatMap((who) => ledger.purse.standings([budget], who));
    })
    .filter(({ budget, spent, held }) => budget.scope.kind === 'all' || spent + held > 0);
}
