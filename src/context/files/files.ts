import { lstat } from 'node:fs/promises';
import { Failure } from '../../core/errors.ts';
import { plural } from '../../core/text.ts';
import { decodeText } from '../../encoding/decode.ts';
import { type Gate, read, readLines } from '../gate/gate.ts';
import { shown } from '../gate/spelling.ts';
import type { Budget } from '../parcel/budget.ts';
import type { Parcel } from '../parcel/parcel.ts';
import { redactedIn, scanLines, type Scanned } from '../secrets/scan.ts';
import type { Choice } from './choose.ts';
import { clamp, cutToFit, type Excerpt, excerpt, type FileLines } from './numbered.ts';

const NO_ROOM = 'it does not fit into what one call may carry';

type Packing = { gate: Gate; budget: Budget; parcel: Parcel };

/** Why a file that was found is left out: what was wrong with it, without the remedy for those who name it. */
function whyOf(error: unknown): string {
  if (error instanceof Failure) return error.message.split(': ')[0] ?? error.message;
  throw error;
}

/** What was read of a file, without its secrets; `encoding`: how, where it is no UTF-8. */
type Clean = FileLines & Pick<Scanned, 'secrets'> & { encoding?: string };

const isTooLarge = async ({ gate }: Packing, { place }: Choice): Promise<boolean> =>
  ((await lstat(place.real).catch(() => undefined))?.size ?? 0) > gate.maxBytes;

/**
 * The lines of a file, with secrets replaced. The whole file is scanned, so that a range cannot cut a secret into halves; of one
 * that is too large for that, what stands around the range.
 */
async function cleanLines(packing: Packing, choice: Choice): Promise<Clean> {
  const { gate } = packing;
  const { place, range } = choice;
  const part = range !== undefined && (await isTooLarge(packing, choice));
  const { bytes, first, ends } = part
    ? await readLines(gate, place, { to: Infinity, ...range })
    : { bytes: await read(gate, place), first: 1, ends: true };
  const decoded = decodeText(bytes);
  if (decoded === undefined)
    throw new Failure('input', `${shown(place.path)} is no text: name text files, and pass pictures and PDFs in images`);
  const { lines, secrets } = await scanLines(decoded.text, gate.pace);
  const moved = secrets.map(({ from, to, kind }) => ({ from: from + first - 1, to: to + first - 1, kind }));
  const of = ends ? { of: first + lines.length - 1 } : {};
  return { lines, first, ...of, secrets: moved, ...(decoded.encoding !== undefined && { encoding: decoded.encoding }) };
}

function fit(
  { budget }: Packing,
  { place, named }: Choice,
  file: FileLines,
  range: { from: number; to: number },
): Excerpt | undefined {
  const whole = excerpt(place.path, file, range);
  if (budget.estimate(whole.text) <= budget.left) return whole;
  return named ? cutToFit(place.path, file, range, budget.left, budget.estimate) : undefined;
}

async function pack(packing: Packing, choice: Choice): Promise<void> {
  const { parcel, budget } = packing;
  const { place } = choice;
  const file = await cleanLines(packing, choice);
  const range = clamp(choice.range, file);
  if (range === undefined) {
    throw new Failure(
      'input',
      `${shown(place.path)} has ${plural(file.of ?? 0, 'line')}, so line ${choice.range?.from} is not in it: name lines that it has`,
    );
  }
  const piece = fit(packing, choice, file, range);
  if (piece === undefined) return parcel.leave(place.path, NO_ROOM);
  const tokens = budget.take(piece.text) ?? 0;
  const wanted = file.of === undefined ? (choice.range?.to ?? Infinity) : range.to;
  if (piece.lines.to < wanted) parcel.leave(`${place.path}:${piece.lines.to + 1}-${wanted === Infinity ? '' : wanted}`, NO_ROOM);
  parcel.redacted.push(...redactedIn(place.path, file.secrets, piece.lines.from, piece.lines.to));
  parcel.add(piece.text, {
    what: 'file',
    path: place.path,
    root: place.root,
    lines: piece.lines,
    ...(file.encoding !== undefined && { encoding: file.encoding }),
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
