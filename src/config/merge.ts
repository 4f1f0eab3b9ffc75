import { ownEntry } from '../core/own-entry.ts';
import { type ConfigValues, TABLES } from './schema.ts';

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null;

/** Two values as one: the later wins, entry by entry in tables that go so deep. */
function joined(low: unknown, high: unknown, depth: number): unknown {
  if (high === undefined) return low;
  if (depth === 0 || !isTable(low) || !isTable(high)) return high;
  const names = [...new Set([...Object.keys(low), ...Object.keys(high)])];
  return Object.fromEntries(names.map((name) => [name, joined(ownEntry(low, name), ownEntry(high, name), depth - 1)]));
}

/** Two files as one: the later wins value by value, so that two files may each say something of one provider or task. */
export function merge(low: ConfigValues, high: ConfigValues): ConfigValues {
  const [below, above]: [Table, Table] = [low, high];
  const tables = Object.entries(TABLES).map(([key, depth]) => [key, joined(below[key], above[key], depth)] as const);
  return { ...low, ...high, ...Object.fromEntries(tables.filter(([, table]) => table !== undefined)) };
}
