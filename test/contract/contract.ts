import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listenToOutput, type Output } from '../support/output.ts';
import { type Poison, POISONED, poisonEnvironment } from '../support/poison.ts';
import { FIRST_OF_EACH_WIRE, type Row, ROWS } from './rows.ts';
import { skipOf } from './skips.ts';
import { type Patience, setStage, type Stage } from './stage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The rows that the contract suites play. */
    contractRows: 'first of each wire' | 'all';
  }
}

/** Something that holds for every provider, whoever is behind it. */
export type Behaviour = {
  name: string;
  /** The times that the engine waits, where they matter. */
  patience?: Patience;
  /** It is played on every row in the short run too, because providers differ in it by more than their wire. */
  everywhere?: true;
  run: (stage: Stage) => Promise<void>;
};

/** The short run, which is for every change, plays most behaviours on one row of each wire. */
const isPlayed = (row: Row, { everywhere }: Behaviour): boolean =>
  inject('contractRows') === 'all' || everywhere === true || FIRST_OF_EACH_WIRE.has(row);

/**
 * Runs every behaviour over every row, or over those rows that alone can have it, in a poisoned environment. A behaviour that
 * a row lacks appears with the reason in its name.
 */
export function contract(behaviours: readonly Behaviour[], among: (row: Row) => boolean = () => true): void {
  let poison: Poison | undefined;
  let output: Output | undefined;
  const keys: string[] = [];
  beforeAll(async () => {
    poison = await poisonEnvironment();
    output = listenToOutput();
  });

  const played = ROWS.filter(among).flatMap((row) => {
    const cases = behaviours.map((behaviour) => ({ behaviour, skip: skipOf(row, behaviour.name) }));
    const held = cases.flatMap(({ skip, behaviour }) =>
      skip === undefined && isPlayed(row, behaviour) ? [[behaviour.name, behaviour] as const] : [],
    );
    const lacked = cases.flatMap(({ skip, behaviour: { name } }) =>
      skip === undefined ? [] : [[name, skip.because, skip] as const],
    );
    return held.length + lacked.length === 0 ? [] : [[row.name, { row, held, lacked }] as const];
  });

  describe.each(played)('%s', (_, { row, held, lacked }) => {
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
    const written = output?.text() ?? '';
    output?.[Symbol.dispose]();
    poison?.[Symbol.dispose]();
    const printed = [POISONED, ...keys].filter((secret) => written.includes(secret));
    expect(poison?.canary.heard, 'where the process’s environment led').toEqual([]);
    expect(printed, 'secrets that were printed').toEqual([]);
  });
}
