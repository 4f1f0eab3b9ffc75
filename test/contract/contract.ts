import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenToOutput } from '../support/output.ts';
import { POISONED, poisonEnvironment } from '../support/poison.ts';
import { ROWS } from './rows.ts';
import type { Row } from './rows.ts';
import { skipOf } from './skips.ts';
import { setStage } from './stage.ts';
import type { Patience, Stage } from './stage.ts';

/** Something that holds for every provider, whoever is behind it. */
export type Behaviour = {
  name: string;
  /** How long the engine waits, where that matters. */
  patience?: Patience;
  run: (stage: Stage) => Promise<void>;
};

/**
 * Runs every behaviour over every row, or over those rows that alone can have it, in a poisoned environment. A behaviour that
 * a row lacks appears with the reason in its name.
 */
export async function contract(behaviours: readonly Behaviour[], among: (row: Row) => boolean = () => true): Promise<void> {
  const canary = await poisonEnvironment();
  const output = listenToOutput();
  const keys: string[] = [];

  describe.each(ROWS.filter(among).map((row) => [row.name, row] as const))('%s', (_, row) => {
    const cases = behaviours.map((behaviour) => ({ ...behaviour, skip: skipOf(row, behaviour.name) }));
    const held = cases.flatMap(({ skip, ...behaviour }) => (skip === undefined ? [[behaviour.name, behaviour] as const] : []));
    const lacked = cases.flatMap(({ name, skip }) => (skip === undefined ? [] : [[name, skip.because, skip] as const]));

    let machine: AsyncDisposable | undefined;
    beforeAll(async () => {
      machine = await row.machine?.open();
    });
    afterAll(() => machine?.[Symbol.asyncDispose]());

    it.each(held)('%s', async (_name, { patience, run }) => {
      await using stage = await setStage(row, patience);
      keys.push(stage.key);
      await run(stage);
      expect(stage.leaks(), 'what came out of the process’s environment').toEqual([]);
    });

    it.each(lacked)('%s: not here, because %s', (_name, _because, { premise }) => {
      expect(premise(row)).toBe(true);
    });
  });

  afterAll(() => {
    const written = output.text();
    const printed = [POISONED, ...keys].filter((secret) => written.includes(secret));
    expect(canary.heard, 'where the process’s environment led').toEqual([]);
    expect(printed, 'secrets that were printed').toEqual([]);
  });
}
