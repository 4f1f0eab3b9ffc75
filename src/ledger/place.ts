import { rmSync, statSync } from 'node:fs';

/** Where a database lies, and which of the files there are its own: somebody may remove or replace them while it is open. */
export type Place = {
  /** Whether the file that was opened is still the one that lies there. */
  isThere: () => boolean;
  /** Removes what is left of it beside the place, once it is gone. */
  clear: () => void;
};

/** A place that nothing can be removed from. */
export const NOWHERE: Place = { isThere: () => true, clear: () => undefined };

/** A file's number on its disk; undefined where there is none. */
function numberOf(path: string): string | undefined {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found && `${found.dev} ${found.ino}`;
  } catch {
    return undefined;
  }
}

/**
 * Remembers which files lie beside a database now. SQLite would take them for part of another database that comes in its place,
 * so they can be removed then: those that are still the same ones.
 */
export function leftBeside(path: string): Pick<Place, 'clear'> {
  const files = ['-wal', '-shm'].map((end) => ({ path: `${path}${end}`, number: numberOf(`${path}${end}`) }));
  return {
    clear() {
      for (const file of files)
        if (file.number !== undefined && numberOf(file.path) === file.number) rmSync(file.path, { force: true });
    },
  };
}

/** Remembers which files a database that was just opened consists of. */
export function placeOf(path: string): Place {
  const own = numberOf(path);
  return { isThere: () => numberOf(path) === own, ...leftBeside(path) };
}
