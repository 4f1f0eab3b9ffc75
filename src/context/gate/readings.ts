import native, { basename, type PlatformPath } from 'node:path';

/** Where relative paths begin. */
export type Starts = {
  /** The folders that may be read (real paths). */
  roots: readonly string[];
  /** A folder in one of them (a real path) from which paths are read first: where the user stands. */
  here?: string;
};

/** How one of several roots is called: by its name, and by a number where two have the same. */
export function labelOf(roots: readonly string[], root: string): string {
  const twins = roots.filter((other) => basename(other) === basename(root));
  return basename(root) + (twins.length > 1 ? `#${twins.indexOf(root) + 1}` : '');
}

/** What a path or pattern can mean: a way below the folder `top`. */
export type Reading = { top: string; way: string };

/**
 * What a path or pattern can mean, in the order in which it is looked for. An absolute one: a way from the disk's top. A relative
 * one: a way from where the user stands, from every root and, where it begins with the label by which one of several roots is
 * shown (`app/src/a.ts`), from that one.
 */
export function readingsOf({ roots, here }: Starts, said: string, paths: PlatformPath = native): Reading[] {
  if (paths.isAbsolute(said)) {
    const { root } = paths.parse(said);
    return [{ top: root, way: said.slice(root.length) }];
  }
  const labelled = (roots.length === 1 ? [] : roots).flatMap((root): Reading[] => {
    const label = labelOf(roots, root);
    if (said === label) return [{ top: root, way: '.' }];
    return said.startsWith(`${label}/`) ? [{ top: root, way: said.slice(label.length + 1) }] : [];
  });
  const tops = [...new Set(here === undefined ? roots : [here, ...roots])];
  return [...tops.map((top) => ({ top, way: said })), ...labelled];
}
