/** The code that the system gave an error (`ENOENT`); empty: it is an error of another kind. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
