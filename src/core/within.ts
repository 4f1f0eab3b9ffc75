import native, { type PlatformPath } from 'node:path';

/** Tells whether a path is `folder` or lies below it; both absolute and real. Pure. */
export function within(folder: string, below: string, paths: PlatformPath = native): boolean {
  const way = paths.relative(folder, below);
  return way === '' || (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way));
}
