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
  26: 'SQLITE_NOTADB',
};

/** The code of what the file, its folder or its library threw; undefined for an error of another kind. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  // The library has no names for extended codes, such as 1544 for a folder that may not be written.
  const raw = 'rawCode' in error && typeof error.rawCode === 'number' ? PRIMARY[error.rawCode & 0xff] : undefined;
  return raw ?? String(error.code);
}

/** Whether another program has the file, so that it may be tried again. */
export const isBusy = (error: unknown): boolean => /BUSY|LOCKED/.test(codeOf(error) ?? '');
