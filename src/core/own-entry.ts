/** The entry of a table under a name that somebody wrote: `constructor` is in every object, and in no table. */
export const ownEntry = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
