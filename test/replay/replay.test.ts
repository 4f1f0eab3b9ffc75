import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inPiecesOf } from '../support/delivery.ts';
import { ANSWERS } from './answers/index.ts';
import { differences } from './differences.ts';
import { ERRORS } from './errors/index.ts';
import { openMachines } from './machines.ts';
import { playRow } from './play-row.ts';
import type { ReplayRow } from './replay-row.ts';
import { replayTable } from './replay-table.ts';

/** As many rows at once as keep two processors busy without making any of them late. */
const AT_ONCE = 16;

/** A size that parts events, lines and characters. */
const PIECE_BYTES = 61;

const ROWS: readonly ReplayRow[] = [...ANSWERS, ...ERRORS];

const wrongs = new Map<ReplayRow, string[]>();

/** Plays a row as it is; a stream also in small pieces, which must not change what comes of it. */
async function judge(row: ReplayRow): Promise<string[]> {
  const whole = differences(row.expect, await playRow(row));
  if (whole.length > 0 || row.reply.body !== undefined) return whole;
  const parted = differences(row.expect, await playRow(row, inPiecesOf(PIECE_BYTES)));
  return parted.map((wrong) => `in pieces of ${PIECE_BYTES} bytes: ${wrong}`);
}

beforeAll(async () => {
  const machines = await openMachines(ROWS);
  // Retries happen, and without a wait before them.
  const dice = vi.spyOn(Math, 'random').mockReturnValue(0);
  const limit = pLimit(AT_ONCE);
  await Promise.all(ROWS.map((row) => limit(async () => wrongs.set(row, await judge(row)))));
  dice.mockRestore();
  await machines[Symbol.asyncDispose]();
}, 180_000);

const VENDORS = new Map<string, ReplayRow[]>();
for (const row of ROWS) VENDORS.set(row.vendor, [...(VENDORS.get(row.vendor) ?? []), row]);

describe.each([...VENDORS])('%s', (_, rows) => {
  it.each(rows.map((row) => [row.what, row] as const))('%s', (_what, row) => {
    expect(wrongs.get(row)).toEqual([]);
  });
});

it('has each row under a name of its own', () => {
  const names = ROWS.map(({ vendor, what }) => `${vendor}: ${what}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

afterAll(() => {
  const groups = Object.entries({ answers: ANSWERS, errors: ERRORS });
  const isWrong = (row: ReplayRow) => wrongs.get(row)?.length !== 0;
  process.stdout.write(`\n${replayTable(groups, isWrong)}\n`);
});
