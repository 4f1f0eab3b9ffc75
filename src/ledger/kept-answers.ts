import type { Db } from './db.ts';

/** What was kept, and when, in epoch milliseconds. */
type Kept = { body: string; at: number };

/** Answers that are kept under the fingerprint of what was sent: bounded by age and by size. */
export type KeptAnswers = {
  read: (key: string, ttlMs: number) => Kept | undefined;
  /** Keeps it and lets go of the oldest until all of them together are small enough. */
  write: (key: string, body: string, limits: { ttlMs: number; maxBytes: number }) => void;
};

/** Kept answers in the file. `now`: epoch milliseconds. */
export function keptAnswersIn(db: Db, now: () => number = Date.now): KeptAnswers {
  const size = () => Number(db.all('SELECT SUM(bytes) AS bytes FROM kept_answer')[0]?.['bytes'] ?? 0);
  return {
    read(key, ttlMs) {
      const row = db.all('SELECT at, body FROM kept_answer WHERE key = ? AND at > ?', key, now() - ttlMs)[0];
      return row === undefined ? undefined : { body: String(row['body']), at: Number(row['at']) };
    },
    write: (key, body, { ttlMs, maxBytes }) =>
      db.immediate(() => {
        const bytes = Buffer.byteLength(body, 'utf8');
        db.run('DELETE FROM kept_answer WHERE at <= ?', now() - ttlMs);
        if (bytes > maxBytes) return;
        db.run('INSERT OR REPLACE INTO kept_answer (key, at, bytes, body) VALUES (?, ?, ?, ?)', key, now(), bytes, body);
        while (size() > maxBytes) db.run('DELETE FROM kept_answer WHERE key = (SELECT key FROM kept_answer ORDER BY at LIMIT 1)');
      }),
  };
}
