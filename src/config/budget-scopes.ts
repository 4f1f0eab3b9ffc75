import { type Budget, COSTLY_TOOLS, type ScopeKind } from '../core/budget.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { list } from '../core/text.ts';

type Strange = { why: string; known?: readonly string[] };

const isPattern = (text: string): boolean => /[*?[\]{}()!]/.test(text);

const among = (what: string, pattern: string, known: readonly string[]): Strange | undefined =>
  isPattern(pattern) || known.includes(pattern.toLowerCase()) ? undefined : { why: `there is no ${what} "${pattern}"`, known };

/** Why a scope's pattern can count nothing; undefined where it can. */
const CHECKS: Partial<Record<ScopeKind, (pattern: string, providers: readonly string[]) => Strange | undefined>> = {
  provider: (pattern, providers) => among('provider', pattern, providers),
  project: (pattern) =>
    pattern.startsWith('~') ? { why: 'a folder is named by its whole path, because "~" depends on who asks' } : undefined,
  tool: (pattern) => among('tool that costs money', pattern, COSTLY_TOOLS),
  model: (pattern) =>
    pattern.includes('/') || pattern.includes('*')
      ? undefined
      : { why: `a model is named provider/model, so "${pattern}" is none: write model:*/${pattern} for whoever serves it` },
};

/** A budget that can count nothing looks like a ceiling and is none. Throws a `config` failure for the first. */
export function refuseIdle(budgets: readonly Budget[], providers: readonly string[], path: string): void {
  for (const { scope } of budgets) {
    const strange = scope.pattern === undefined ? undefined : CHECKS[scope.kind]?.(scope.pattern, providers);
    if (strange === undefined) continue;
    const hint = didYouMean(scope.pattern ?? '', strange.known ?? []);
    const known = strange.known === undefined || strange.known.length > 9 ? '' : `; there are ${list(strange.known)}`;
    throw new Failure(
      'config',
      `${path}: budgets: the scope ${scope.kind}:${scope.pattern} counts nothing: ${strange.why}${hint}${known}`,
    );
  }
}
