import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';

/** So many days do the rows of a filled ledger reach back. */
export const DAYS = 60;

const FILL = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < CAST(?1 AS INTEGER))
  INSERT INTO attempt (uid, at, call, session, tool, agent, project, asked, provider, model, served, kind, status, cached,
    input, cache_read, output, thinking, nano_usd, cost_from, ms, first_byte_ms)
  SELECT printf('00%07d-%s', i, lower(hex(randomblob(16)))), CAST(?2 AS INTEGER) - (CAST(?1 AS INTEGER) - i) * CAST(?3 AS INTEGER) / CAST(?1 AS INTEGER),
    lower(hex(randomblob(16))), 'session-' || (i / 500), CASE i % 3 WHEN 0 THEN 'call_model' WHEN 1 THEN 'compare_models' ELSE 'route_by_task' END,
    'agent-' || (i % 4), '/home/user/projects/project-' || (i % 7), 'vendor-' || (i % 5) || '/model-' || (i % 25),
    'vendor-' || (i % 5), 'model-' || (i % 25), 'model-' || (i % 25) || '-2026-11-01', CASE WHEN i % 20 = 0 THEN 'overloaded' END, NULL, i % 50 = 7,
    1000 + i % 900, i % 300, 200 + i % 700, i % 100, CASE WHEN i % 40 = 0 THEN NULL ELSE 1000 + i % 5000 END, CASE WHEN i % 40 = 0 THEN NULL ELSE 'prices' END, 800 + i % 9000, 300
  FROM n`;

/** Makes a ledger in `home` of so many attempts, spread over the last days up to now, in one transaction. */
export async function fillLedger(home: string, rows: number): Promise<void> {
  const db = await openDb(ledgerPath(home), MIGRATIONS);
  db.immediate(() => db.run(FILL, rows, Date.now(), DAYS * 86_400_000));
  db.run('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
