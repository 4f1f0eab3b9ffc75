import { fileURLToPath } from 'node:url';
import { parseConfig } from '../../src/config/config.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';
import type { Home } from '../support/home.ts';
import { type Running, start } from '../support/process.ts';
import { answer, type Content } from '../support/reply.ts';

const JITI = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url));
const SHOPPER = fileURLToPath(new URL('./shopper.ts', import.meta.url));

/** The most output tokens of a call, at ten dollars a million: a cent. */
export const MOST_TOKENS = 1000;
const OUTPUT_USD = 10;
const INPUT_USD = 1;

/** An engine that asks a vendor of the user's own under one ceiling, in dollars. */
export function openShop(home: string, url: string, capUsd: number): Engine {
  const text = JSON.stringify({
    retries: 0,
    timeouts: { total_s: 20 },
    providers: { 'custom-a': { base_url: `${url}/v1` } },
    pricing: { 'custom-a/*': { input_usd_per_mtok: INPUT_USD, output_usd_per_mtok: OUTPUT_USD } },
    budgets: [{ limit_usd: capUsd, window: 'total', name: 'the cap' }],
  });
  return createEngine(parseConfig({ env: {}, home, files: [{ path: 'config.yaml', text, trusted: true }] }));
}

/** An answer that costs anything from almost nothing to all that was held for it. */
export const anyBill: Content = (dialect, request) => {
  const output = 1 + Math.floor(Math.random() * MOST_TOKENS);
  return answer({ usage: { input: 5, output } })(dialect, request);
};

/** A process that makes so many calls, some at a time, and says of each what became of it. */
export const sendShopper = (home: Home, url: string, capUsd: number, name: string, calls: number): Running =>
  start({ home, cli: JITI, args: [SHOPPER, home.path, url, String(capUsd), name, String(calls)] });

/** What a shopper said: what each answer cost in nano-dollars, and how many calls were refused. */
export function saidBy(shopper: Pick<Running, 'stdout'>): { paid: number[]; refused: number; others: string[] } {
  const lines = shopper.stdout().split('\n').slice(0, -1);
  const paid = lines.flatMap((line) => (line.startsWith('paid ') ? [Number(line.slice(5))] : []));
  return {
    paid,
    refused: lines.filter((line) => line === 'refused').length,
    others: lines.filter((line) => line !== 'refused' && !line.startsWith('paid ') && line !== 'done'),
  };
}

/** What stands in the journal of each session, and how much is held, straight from the file. */
export async function booksOf(home: string): Promise<{ rows: Map<string, { count: number; nano: number }>; held: number }> {
  const db = await openDb(ledgerPath(home), MIGRATIONS);
  const rows = db.all('SELECT session, COUNT(*) AS n, SUM(nano_usd) AS nano FROM attempt GROUP BY 1');
  const held = Number(db.all('SELECT COUNT(*) AS n FROM hold')[0]?.['n']);
  db.close();
  return {
    rows: new Map(rows.map((row) => [String(row['session']), { count: Number(row['n']), nano: Number(row['nano']) }])),
    held,
  };
}
