type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `extra` over `base`: tables are joined entry by entry, everything else is replaced. */
export function join(base: Table, extra: Table | undefined): Record<string, unknown> {
  const entries = Object.entries(extra ?? {}).map(([key, value]) => {
    const own = base[key];
    return [key, isTable(own) && isTable(value) ? join(own, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}
