import { basename } from 'node:path';

/** How one of several roots is called: by its name, and by a number where two have the same. */
export function labelOf(roots: readonly string[], root: string): string {
  const twins = roots.filter((other) => basename(other) === basename(root));
  return basename(root) + (twins.length > 1 ? `#${twins.indexOf(root) + 1}` : '');
}

/** What a path or pattern can mean: a way below one of the roots. */
export type Reading = { root: string; way: string };

/**
 * What a relative path or pattern can mean: a way below every root and, where it begins with a root's label as it is shown (`app/src/a.ts`
 * of several roots), below that one. An absolute one is read from the root that it begins with, and means nothing elsewhere.
 */
export function readingsOf(roots: readonly string[], said: string): Reading[] {
  const below = (root: string, top: string): Reading[] => {
    if (said === top) return [{ root, way: '.' }];
    return said.startsWith(`${top}/`) ? [{ root, way: said.slice(top.length + 1) }] : [];
  };
  if (said.startsWith('/')) return roots.flatMap((root) => below(root, root));
  const labelled = roots.length === 1 ? [] : roots.flatMap((root) => below(root, labelOf(roots, root)));
  return [...roots.map((root) => ({ root, way: said })), ...labelled];
}
