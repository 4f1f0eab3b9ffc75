import { isAbsolute } from 'node:path';
import { type Budget, COSTLY_TOOLS, type ScopeKind } from '../core/budget.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { isPattern, matchesNothing, type Named, providerId, withIds } from './model-patterns.ts';

type Strange = { why: string; known?: readonly string[] };

const among = (what: string, pattern: string, known: readonly string[]): Strange | undefined =>
  isPattern(pattern) || known.includes(pattern.toLowerCase()) ? undefined : { why: `there is no ${what} "${pattern}"`, known };

/** A folder as its path is kept: without a slash at its end. */
export const folderOf = (path: string): string => path.replace(/(?<=[^/\\:])[/\\]+$/, '');

function projectIn(pattern: string): Strange | undefined {
  if (pattern.startsWith('~')) return { why: 'a folder is named by its whole path, because "~" depends on who asks' };
  if (isAbsolute(pattern) || isPattern(pattern.charAt(0))) return undefined;
  return {
    why: `a folder is named by its whole path: write project:/the/way/to/${pattern}, or project:*/${pattern} wherever it is`,
  };
}

/** Why a scope's pattern can count nothing; undefined where it can. */
const CHECKS: Partial<Record<ScopeKind, (pattern: string, named: Named) => Strange | undefined>> = {
  provider: (pattern, { rows }) =>
    among(
      'provider',
      pattern,
      rows.map(({ id }) => id),
    ),
  project: projectIn,
  tool: (pattern) => among('tool that costs money', pattern, COSTLY_TOOLS),
  model: (pattern, named) => {
    const why = matchesNothing(pattern, named, (one) => `model:${one}`);
    return why === undefined ? undefined : { why };
  },
};

/** A scope's pattern as what it counts is kept: by the ids of providers, and folders without a slash at their end. */
const MEANT: Partial<Record<ScopeKind, (pattern: string, named: Named) => string>> = {
  provider: providerId,
  model: withIds,
  project: folderOf,
};

/**
 * A budget by what it counts. One that can count nothing looks like a ceiling and is none: throws a `config` failure that says
 * what to write.
 */
export function counting(budget: Budget, named: Named, place: string): Budget {
  const { kind, pattern: said } = budget.scope;
  if (said === undefined) return budget;
  const pattern = MEANT[kind]?.(said, named) ?? said;
  const strange = CHECKS[kind]?.(pattern, named);
  if (strange === undefined) return { ...budget, scope: { kind, pattern } };
  const hint = didYouMean(pattern, strange.known ?? []);
  const known = strange.known === undefined || strange.known.length > 9 ? '' : `; there are ${list(strange.known)}`;
  throw new Failure(
    'config',
    `${place}: the scope ${kind}:${clip(oneLine(said), 60)} counts nothing: ${strange.why}${hint}${known}`,
  );
}
