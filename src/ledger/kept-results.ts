import type { Db } from './db.ts';
import { newId } from './ids.ts';

/** Results that were too long for a host, kept whole so that nothing of them is lost: bounded by age and by size. */
export type KeptResults = {
  /** Returns the id under which it can be fetched. */
  keep: (owner: string, body: string) => string;
  read: (id: string, owner: string) => string | undefined;
};

/** A week, and 200 MB of them: a result is fetched soon or never. */
const KEEP_MS = 7 * 24 * 3_600_000;
const MAX_BYTES = 200 * 1_048_576;

/** Kept results in the file. `now`: epoch milliseconds. */
export function keptResultsIn(db: Db, now: () => number = Date.now): KeptResults {
  const size = () => Number(db.all('SELECT SUM(bytes) AS bytes FROM kept_result')[0]?.['bytes'] ?? 0);
  return {
    keep: (owner, body) =>
      db.immediate(() => {
        const id = newId('job');
        db.run('DELETE FROM kept_result WHERE at < ?', now() - KEEP_MS);
        db.run(
          'INSERT INTO kept_result (id, owner, at, bytes, body) VALUES (?, ?, ?, ?, ?)',
          id,
          owner,
          now(),
          Buffer.byteLength(body, 'utf8'),
          body,
        );
        while (size() > MAX_BYTES)
          db.run('DELETE FROM kept_result WHERE id = (SELECT id FROM kept_result WHERE id <> ? ORDER BY at LIMIT 1)', id);
        return id;
      }),
    read(id, owner) {
      const row = db.all('SELECT body FROM kept_result WHERE id = ? AND owner = ?', id, owner)[0];
      return row === undefined ? undefined : String(row['body']);
    },
  };
}
