/** Codes of our own, for what SQLite says in many ways or not at all. */
export const NO_SHARED_MEMORY = 'NO_SHARED_MEMORY';
export const NO_LOCKS = 'NO_LOCKS';
export const NO_ROOM = 'ENOSPC';

/** SQLite's primary result codes: the lowest eight bits of whatever it returns. */
const PRIMARY: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: NO_LOCKS,
  26: 'SQLITE_NOTADB',
};

/** Extended codes that say more than the primary one (https://sqlite.org/rescode.html). */
const EXTENDED: Readonly<Record<number, string>> = {
  2314: NO_LOCKS, // IOERR_UNLOCK
  3850: NO_LOCKS, // IOERR_LOCK
  4618: NO_SHARED_MEMORY, // IOERR_SHMOPEN
  4874: NO_ROOM, // IOERR_SHMSIZE: the file beside it cannot grow
  5130: NO_SHARED_MEMORY, // IOERR_SHMLOCK
  5386: NO_SHARED_MEMORY, // IOERR_SHMMAP
};

/** The code of what the file, its folder or its library threw; undefined for an error of another kind. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  // The library has no names for some extended codes, such as 1544 for a folder that may not be written.
  const raw = 'rawCode' in error && typeof error.rawCode === 'number' ? error.rawCode : undefined;
  const named = raw === undefined ? undefined : (EXTENDED[raw] ?? PRIMARY[raw & 0xff]);
  return named ?? String(error.code);
}

/** Whether another program has the file, so that it may be tried again. */
export const isBusy = (error: unknown): boolean => /BUSY|LOCKED/.test(codeOf(error) ?? '');
