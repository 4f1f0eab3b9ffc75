import { z } from 'zod';
import type { Part } from '../core/chat.ts';
import { clip, oneLine } from '../core/text.ts';
import type { Db } from './db.ts';
import { newId } from './ids.ts';
import { crowdedOut } from './thread-room.ts';

/** One turn of a conversation. Thinking and a vendor's signatures are not kept: another model could not read them. */
type Turn = {
  role: 'user' | 'assistant';
  content: readonly Part[];
  /** The model that answered, as `provider/model`: by the vendor's own name for it, and as it was asked for. */
  model?: string;
  asked?: string;
  /** The agent of the config that it answered as. */
  agent?: string;
};

/** A turn as it lies in the file: `n` counts from 1; `at` in epoch milliseconds. */
export type KeptTurn = Turn & { n: number; at: number };

/** The facts of a conversation. Times are epoch milliseconds. */
export type ThreadFacts = {
  id: string;
  createdAt: number;
  usedAt: number;
  turns: number;
  /** The numbers of the first and the last turn that are kept; 0 where there is none. */
  first: number;
  last: number;
  bytes: number;
  system?: string;
  /** The beginning in a few words, where it was compacted, and the last turn that they stand for. */
  summary?: { text: string; through: number };
};

/** A conversation in a list: `opening` is the beginning of its first prompt, on one line; empty where that is not known. */
type ListedThread = ThreadFacts & { opening: string };

/** The limits of what is kept, of a conversation and of all of them together. */
type Limits = { keepMs: number; maxBytes: number; maxTotalBytes: number };

/**
 * The place of added turns: the number of the first; how many of the oldest turns had to go for them, and how many of the
 * conversations that were not used for the longest time.
 */
type Appended = { first: number; dropped: number; crowdedOut: number };

/** Conversations, as the servers of a machine share them. `owner`: whose they are. */
export type Threads = {
  /** A conversation with nothing in it: it is in the file as soon as it has turns. */
  begin: (system: string | undefined) => ThreadFacts;
  /** Without an owner anybody's. */
  read: (id: string, owner: string | undefined) => ThreadFacts | undefined;
  /** The turns from the `from`th on, in their order. */
  turns: (id: string, from?: number) => KeptTurn[];
  /** Adds turns at the end, all or none. A conversation that is not in the file (any more) is begun. */
  append: (thread: Pick<ThreadFacts, 'id' | 'system'>, owner: string, turns: readonly Turn[], limits: Limits) => Appended;
  /** Keeps the beginning in a few words. */
  summarise: (id: string, text: string, through: number) => void;
  /** The latest first, each with the words that it begins with. Without an owner everybody's. */
  list: (owner: string | undefined, limit: number) => ListedThread[];
  /** Removes a conversation; tells whether there was one. */
  remove: (id: string) => boolean;
  /** Lets go of what nobody used for so many milliseconds. */
  sweep: (keepMs: number) => number;
};

const part: z.ZodType<Part> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image'), mediaType: z.string(), data: z.string() }),
  z.object({ type: z.literal('image_url'), url: z.string() }),
  z
    .object({ type: z.literal('pdf'), data: z.string(), name: z.string().optional() })
    .transform(({ name, ...rest }): Part => ({ ...rest, ...(name === undefined ? {} : { name }) })),
]);

const parts = z.array(part);

type Row = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function factsOf(row: Row): ThreadFacts {
  const [system, summary] = [text(row['system']), text(row['summary'])];
  return {
    id: String(row['id']),
    createdAt: Number(row['created_at']),
    usedAt: Number(row['used_at']),
    turns: Number(row['turns'] ?? 0),
    first: Number(row['first'] ?? 0),
    last: Number(row['last'] ?? 0),
    bytes: Number(row['bytes'] ?? 0),
    ...(system === undefined ? {} : { system }),
    ...(summary === undefined ? {} : { summary: { text: summary, through: Number(row['summed_through']) } }),
  };
}

function turnOf(row: Row): KeptTurn {
  const [model, asked, agent] = [text(row['model']), text(row['asked']), text(row['agent'])];
  return {
    n: Number(row['n']),
    at: Number(row['at']),
    role: row['role'] === 'assistant' ? 'assistant' : 'user',
    content: parts.parse(JSON.parse(String(row['content']))),
    ...(model === undefined ? {} : { model }),
    ...(asked === undefined ? {} : { asked }),
    ...(agent === undefined ? {} : { agent }),
  };
}

const FACTS = `SELECT thread.*, (SELECT COUNT(*) FROM turn WHERE turn.thread = thread.id) AS turns,
  (SELECT MIN(n) FROM turn WHERE turn.thread = thread.id) AS first,
  (SELECT MAX(n) FROM turn WHERE turn.thread = thread.id) AS last,
  (SELECT SUM(bytes) FROM turn WHERE turn.thread = thread.id) AS bytes FROM thread`;

// The prompt is the last part of its turn: whatever went along stands before it.
const OPENING = `SELECT substr(json_extract(content, '$[#-1].text'), 1, 500) AS opening
  FROM turn WHERE thread = ? AND role = 'user' ORDER BY n LIMIT 1`;

/** So many characters of a conversation's first prompt are listed. */
const OPENING_CHARS = 50;

/** Lets go of a conversation; tells whether there was one. */
function forget(db: Db, id: string): boolean {
  db.run('DELETE FROM turn WHERE thread = ?', id);
  return db.run('DELETE FROM thread WHERE id = ?', id) > 0;
}

function forgetUnused(db: Db, before: number): number {
  const old = db.all('SELECT id FROM thread WHERE used_at < ?', before);
  return old.filter(({ id }) => forget(db, String(id))).length;
}

const ADD = `INSERT INTO turn (thread, n, at, role, model, asked, agent, bytes, content)
  SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM turn WHERE thread = ?`;

function addTurn(db: Db, thread: string, { role, content, model, asked, agent }: Turn, now: number): void {
  const body = JSON.stringify(content);
  const bytes = Buffer.byteLength(body, 'utf8');
  db.run(ADD, thread, now, role, model ?? null, asked ?? null, agent ?? null, bytes, body, thread);
}

/** The oldest turns go when a conversation grows too large, in pairs, so that it still begins with its user; how many went. */
function shrink(db: Db, id: string, maxBytes: number): number {
  const factsNow = () => db.all('SELECT COUNT(*) AS turns, TOTAL(bytes) AS bytes FROM turn WHERE thread = ?', id)[0] ?? {};
  let dropped = 0;
  for (let { turns, bytes } = factsNow(); Number(bytes) > maxBytes && Number(turns) > 2; { turns, bytes } = factsNow())
    dropped += db.run(
      'DELETE FROM turn WHERE thread = ? AND n IN (SELECT n FROM turn WHERE thread = ? ORDER BY n LIMIT 2)',
      id,
      id,
    );
  return dropped;
}

const OPEN = 'INSERT OR IGNORE INTO thread (id, owner, created_at, used_at, system, summed_through) VALUES (?, ?, ?, ?, ?, 0)';

/** Adds turns to a conversation that is begun if need be. Has to run in a transaction that holds the lock. */
function append(
  db: Db,
  { id, system }: Pick<ThreadFacts, 'id' | 'system'>,
  owner: string,
  turns: readonly Turn[],
  { maxBytes, maxTotalBytes, now }: Omit<Limits, 'keepMs'> & { now: number },
): Appended {
  db.run(OPEN, id, owner, now, now, system ?? null);
  for (const turn of turns) addTurn(db, id, turn, now);
  db.run('UPDATE thread SET used_at = ? WHERE id = ?', now, id);
  const last = Number(db.all('SELECT MAX(n) AS n FROM turn WHERE thread = ?', id)[0]?.['n']);
  const dropped = shrink(db, id, maxBytes);
  const others = crowdedOut(db, id, maxTotalBytes);
  for (const other of others) forget(db, other);
  return { first: last - turns.length + 1, dropped, crowdedOut: others.length };
}

/** A conversation with the words that it begins with. */
function listed(db: Db, row: Row): ListedThread {
  const facts = factsOf(row);
  const opening = text(db.all(OPENING, facts.id)[0]?.['opening']) ?? '';
  return { ...facts, opening: clip(oneLine(opening), OPENING_CHARS) };
}

/** A condition that everybody's conversations meet where no owner is given. */
const OWNED = '(? IS NULL OR owner = ?)';

const SUMMARISE = 'UPDATE thread SET summary = ?, summed_through = ? WHERE id = ? AND summed_through < ?';

/** Conversations in the file. `now`: epoch milliseconds. */
export function threadsIn(db: Db, now: () => number = Date.now): Threads {
  return {
    begin: (system) => ({
      id: newId('thr'),
      createdAt: now(),
      usedAt: now(),
      turns: 0,
      first: 0,
      last: 0,
      bytes: 0,
      ...(system === undefined ? {} : { system }),
    }),
    read(id, owner) {
      const row = db.all(`${FACTS} WHERE id = ? AND ${OWNED}`, id, owner ?? null, owner ?? null)[0];
      return row === undefined ? undefined : factsOf(row);
    },
    turns: (id, from = 1) => db.all('SELECT * FROM turn WHERE thread = ? AND n >= ? ORDER BY n', id, from).map(turnOf),
    append: (thread, owner, turns, { keepMs, ...limits }) =>
      db.immediate(() => {
        const appended = append(db, thread, owner, turns, { ...limits, now: now() });
        forgetUnused(db, now() - keepMs);
        return appended;
      }),
    summarise: (id, summary, through) => void db.run(SUMMARISE, summary, through, id, through),
    list: (owner, limit) =>
      db
        .all(`${FACTS} WHERE ${OWNED} ORDER BY used_at DESC LIMIT ?`, owner ?? null, owner ?? null, limit)
        .map((row) => listed(db, row)),
    remove: (id) => db.immediate(() => forget(db, id)),
    sweep: (keepMs) => db.immediate(() => forgetUnused(db, now() - keepMs)),
  };
}
