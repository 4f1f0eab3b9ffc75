import { Failure } from '../core/errors.ts';
import { ID } from '../core/ids.ts';
import { clip } from '../core/text.ts';
import type { Engine } from './engine.ts';
import { onLedger } from './money/books.ts';

type Kept = Pick<Engine, 'ledger'>;

/** Keeps a result that was too long for its host; returns its id, or undefined where nothing can be kept. */
export async function keepResult({ ledger }: Kept, owner: string, whole: string): Promise<string | undefined> {
  try {
    return (await ledger()).ledger.results.keep(owner, whole);
  } catch {
    return undefined;
  }
}

/**
 * A kept result, whole. Throws an `input` failure for one that is not there, is too old, or is somebody else's, and a `config`
 * failure where the ledger cannot be read.
 */
export async function keptResult({ ledger }: Kept, owner: string, id: string): Promise<string> {
  const whole = ID.test(id)
    ? await onLedger(ledger, 'No result can be read', ({ results }) => results.read(id, owner))
    : undefined;
  if (whole !== undefined) return whole;
  const { gone } = await ledger();
  throw new Failure(
    'input',
    `There is no result "${clip(id, 40)}" (any more): results are kept for a week, under the job_id that a long result names${gone === undefined ? '' : `; ${gone}`}`,
  );
}
