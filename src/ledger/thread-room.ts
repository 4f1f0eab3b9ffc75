import type { Db } from './db.ts';

/** A turn takes this much besides its words, so that very many short ones are bounded too. Bytes. */
const TURN_BYTES = 1024;

const SIZE = `TOTAL(bytes) + COUNT(*) * ${TURN_BYTES}`;

const OF_OWNERS = `SELECT owner FROM turn JOIN thread ON thread.id = turn.thread
  GROUP BY owner ORDER BY ${SIZE} DESC LIMIT 1`;

const BY_TURN = `SELECT id, size FROM thread JOIN (SELECT thread AS of, ${SIZE} AS size FROM turn GROUP BY thread) ON of = id
  WHERE id <> ? ORDER BY owner = (${OF_OWNERS}) DESC, used_at`;

/**
 * Names the conversations that have to go so that all of them together take at most `maxBytes`: those that were not used for the
 * longest time, of the owner who keeps most, so that nobody loses his to another's flood. `id`: the one that is being written.
 */
export function crowdedOut(db: Db, id: string, maxBytes: number): string[] {
  let excess = Number(db.all(`SELECT ${SIZE} AS size FROM turn`)[0]?.['size'] ?? 0) - maxBytes;
  const gone: string[] = [];
  if (excess <= 0) return gone;
  for (const row of db.all(BY_TURN, id)) {
    if (excess <= 0) break;
    gone.push(String(row['id']));
    excess -= Number(row['size']);
  }
  return gone;
}
