import { lstat } from 'node:fs/promises';
import { Failure } from '../../core/errors.ts';
import { decodeText } from '../../encoding/decode.ts';
import { type Gate, read } from '../gate/gate.ts';
import { shown } from '../gate/spelling.ts';
import type { Budget } from '../parcel/budget.ts';
import type { Parcel } from '../parcel/parcel.ts';
import { redactedIn, scanLines, type Scanned } from '../secrets/scan.ts';
import type { Choice } from './choose.ts';
import { clamp, cutToFit, type Excerpt, excerpt } from './numbered.ts';

const NO_ROOM = 'it does not fit into what one call may carry';

type Packing = { gate: Gate; budget: Budget; parcel: Parcel };

/** Why a file that was found is left out: what was wrong with it, without the remedy for those who name it. */
function whyOf(error: unknown): string {
  if (error instanceof Failure) return error.message.split(': ')[0] ?? error.message;
  throw error;
}

/** The lines of a file, with secrets replaced. The whole file is scanned, so that a range cannot cut a secret into halves. */
async function cleanLines({ gate }: Packing, { place }: Choice): Promise<Scanned & { encoding?: string }> {
  const decoded = decodeText(await read(gate, place));
  if (decoded !== undefined) return { ...decoded, ...(await scanLines(decoded.text)) };
  throw new Failure('input', `${shown(place.path)} is no text: name text files, and pass pictures and PDFs in images`);
}

function fit(
  { budget }: Packing,
  { place, named }: Choice,
  lines: string[],
  range: { from: number; to: number },
): Excerpt | undefined {
  const whole = excerpt(place.path, lines, range);
  if (budget.estimate(whole.text) <= budget.left) return whole;
  return named ? cutToFit(place.path, lines, range, budget.left, budget.estimate) : undefined;
}

async function pack(packing: Packing, choice: Choice): Promise<void> {
  const { parcel, budget } = packing;
  const { place } = choice;
  const { lines, secrets, encoding } = await cleanLines(packing, choice);
  const range = clamp(choice.range, lines.length);
  if (range === undefined) {
    throw new Failure(
      'input',
      `${shown(place.path)} has ${lines.length} lines, so line ${choice.range?.from} is not in it: name lines that it has`,
    );
  }
  const piece = fit(packing, choice, lines, range);
  if (piece === undefined) return parcel.leave(place.path, NO_ROOM);
  const tokens = budget.take(piece.text) ?? 0;
  if (piece.lines.to < range.to) parcel.leave(`${place.path}:${piece.lines.to + 1}-${range.to}`, NO_ROOM);
  parcel.redacted.push(...redactedIn(place.path, secrets, piece.lines.from, piece.lines.to));
  parcel.add(piece.text, {
    what: 'file',
    path: place.path,
    root: place.root,
    lines: piece.lines,
    ...(encoding !== undefined && { encoding }),
    bytes: Buffer.byteLength(piece.text),
    tokens,
  });
}

/** No tokenizer makes tokens of more bytes than this on average, so a larger file need not be read to be left out. */
const MOST_BYTES_A_TOKEN = 16;

async function mayFit({ budget }: Packing, { place }: Choice): Promise<boolean> {
  const found = await lstat(place.real).catch(() => undefined);
  return budget.left > 0 && (found === undefined || found.size <= budget.left * MOST_BYTES_A_TOKEN);
}

/**
 * Puts files into the parcel in the order given, as far as they fit. One that was named and cannot be sent fails the call, and is
 * cut at a line where it is too long; one that was found is left out, and that is said.
 */
export async function packFiles(packing: Packing, choices: readonly Choice[]): Promise<void> {
  for (const choice of choices) {
    await packing.gate.pace.step();
    if (!choice.named && !(await mayFit(packing, choice))) packing.parcel.leave(choice.place.path, NO_ROOM);
    else if (choice.named) await pack(packing, choice);
    else await pack(packing, choice).catch((error: unknown) => packing.parcel.leave(choice.place.path, whyOf(error)));
  }
}
