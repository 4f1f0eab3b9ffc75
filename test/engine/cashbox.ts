import { userText } from '../../src/core/chat.ts';
import type { Ask } from '../../src/core/chat.ts';
import { openDb } from '../../src/ledger/db.ts';
import { ledgerPath } from '../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../src/ledger/migrations.ts';

/** Ten dollars a million tokens out, nothing for those in, so that a call costs what its answer is long. */
const OUT_ONLY = { input_usd_per_mtok: 0, output_usd_per_mtok: 10 };

/** What a token of an answer costs then, in nano-dollars. */
export const TOKEN = 10_000;

/** Prices for all endpoints of one's own, and what else a config says. */
export const priced = (more: object = {}): object => ({ pricing: { 'custom-*': OUT_ONLY }, ...more });

/** A question whose answer has at most so many tokens. */
export const asking = (maxTokens: number, text = 'Hi'): Ask => ({ messages: [userText(text)], maxTokens });

/** What stands in the ledger of a home: its journal in order, and what is held. */
export async function ledgerOf(home: string) {
  const db = await openDb(ledgerPath(home), MIGRATIONS);
  const rows = db.all('SELECT * FROM attempt ORDER BY id');
  const holds = db.all('SELECT id, nano_usd FROM hold');
  db.close();
  return { rows, holds };
}
