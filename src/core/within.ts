/** What has to be known of a system's paths: `posix` and `win32` of Node have it. */
type Paths = { relative: (from: string, to: string) => string; isAbsolute: (path: string) => boolean; sep: string };

/** Tells whether a path is `folder` or lies below it; both absolute and real, in the system's notation. Pure. */
export function isWithin(folder: string, path: string, paths: Paths): boolean {
  const way = paths.relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way));
}
