import type { Spender } from '../core/budget.ts';
import type { Usage } from '../core/chat.ts';
import type { Cost } from '../core/money.ts';
import type { Db } from './db.ts';

/** One attempt as it is kept. No prompt and no answer, unless the user's config asks for them. */
export type Entry = Spender & {
  /** Written once, however often it is handed in. */
  uid: string;
  /** When it ended, in epoch milliseconds. */
  at: number;
  /** The program that called, by its own name (`clientInfo`). */
  agent?: string;
  /** The model as it was asked for. */
  asked: string;
  /** The model id that the vendor says it served. */
  served?: string;
  /** How it failed; absent: it answered. */
  kind?: string;
  /** HTTP status, where there was one. */
  status?: number;
  /** Answered from what was kept. */
  cached?: boolean;
  /** The same call has tried this model before. */
  again?: boolean;
  usage?: Usage;
  cost: Cost;
  /** Milliseconds. */
  ms: number;
  firstByteMs?: number;
  /** The process that made it and never told what became of it, where that is so. */
  process?: string;
  content?: { prompt: string; answer: string };
};

const COLUMNS = [
  'uid',
  'at',
  'call',
  'session',
  'tool',
  'agent',
  'project',
  'asked',
  'provider',
  'model',
  'served',
  'kind',
  'status',
  'cached',
  'again',
  'input',
  'cache_read',
  'cache_write',
  'output',
  'thinking',
  'nano_usd',
  'cost_from',
  'ms',
  'first_byte_ms',
  'process',
  'prompt',
  'answer',
] as const;

const INSERT = `INSERT OR IGNORE INTO attempt (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** Adds a row to the journal; a row that is there already stays as it is. */
export function append(db: Db, entry: Entry): void {
  const { usage = {}, cost, content } = entry;
  const row: Record<(typeof COLUMNS)[number], string | number | null | undefined> = {
    uid: entry.uid,
    at: entry.at,
    call: entry.call,
    session: entry.session,
    tool: entry.tool,
    agent: entry.agent,
    project: entry.project,
    asked: entry.asked,
    provider: entry.provider,
    model: entry.model,
    served: entry.served,
    kind: entry.kind,
    status: entry.status,
    cached: entry.cached ? 1 : 0,
    again: entry.again ? 1 : 0,
    input: usage.input,
    cache_read: usage.cacheRead,
    cache_write: usage.cacheWrite,
    output: usage.output,
    thinking: usage.thinking,
    // What is known of a cost counts; that it is not all, `cost_from` tells.
    nano_usd: cost.nanoUsd ?? cost.atLeast,
    cost_from: cost.nanoUsd === null ? null : cost.from,
    ms: Math.round(entry.ms),
    first_byte_ms: entry.firstByteMs,
    process: entry.process,
    prompt: content?.prompt,
    answer: content?.answer,
  };
  db.run(INSERT, ...COLUMNS.map((column) => row[column] ?? null));
}
