import type { Part } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Pace } from '../core/pace.ts';
import { packDiff } from './diff/diff.ts';
import { choose } from './files/choose.ts';
import { type Bringers, readEntries } from './files/entries.ts';
import { Exclusions } from './files/exclusions.ts';
import { packFiles } from './files/files.ts';
import { WorkTrees } from './files/ignoring.ts';
import type { Bounds } from './files/walk.ts';
import type { Gate } from './gate/gate.ts';
import type { Step } from './gate/open.ts';
import type { Starts } from './gate/readings.ts';
import { readMedia } from './media/media.ts';
import { Budget } from './parcel/budget.ts';
import { Parcel } from './parcel/parcel.ts';
import type { Estimate, LeftOut, Redacted, Sent } from './parcel/sent.ts';
import { applyPolicy, scanText, type SecretPolicy } from './secrets/scan.ts';
import { blocksOf } from './told.ts';

/** What a call asks to be sent along. */
export type Wanted = {
  files?: readonly string[];
  gitDiff?: string;
  images?: readonly string[];
  /** Which of the files an agent brings along. */
  bringers?: Bringers;
};

/** Where files are read from (see `findRoots`), how much of them, and what becomes of secrets in them. */
export type Rules = Starts & {
  /** The tokens that files and diff may take together, and what a text takes. */
  maxTokens: number;
  estimate: Estimate;
  /** `files.max_mb`, in bytes: the largest file that is read. */
  maxBytes?: number;
  /** `files.on_secret`. */
  onSecret: SecretPolicy;
  /** The PATH on which git is found. */
  path: string;
  /** The user's home folder, for the few of their git settings that count here; without it none are read. */
  home?: string;
  /** The folder of the user's settings, where the environment names one. */
  configHome?: string;
  /** Ends everything with its own reason. */
  signal?: AbortSignal;
};

/** What only tests set. */
export type Trial = {
  /** How far globs and folders are walked. */
  bounds?: Bounds;
  /** Told between the steps of each read. */
  step?: Step;
};

/** All that will leave the machine with a call, and the account of it. */
export type Gathered = {
  /** The block to put into the prompt; empty where nothing was asked for. */
  text: string;
  /** Images and PDFs, in the order asked. */
  parts: Part[];
  sent: Sent[];
  leftOut: LeftOut[];
  redacted: Redacted[];
};

const MAX_BYTES = 5_000_000;

/**
 * A last look at all that goes along: names of files can hold secrets, too. Block by block, so that what one file begins and
 * another one ends is not taken for a key.
 */
async function lastLook(blocks: readonly string[], pace: Pace): Promise<{ text: string; redacted: Redacted[] }> {
  const scanned: { text: string; redacted: Redacted[] }[] = [];
  for (const block of blocks) {
    await pace.step();
    scanned.push(await scanText('a block with its header', block, 'redact', pace));
  }
  return { text: scanned.map(({ text }) => text).join('\n\n'), redacted: scanned.flatMap(({ redacted }) => redacted) };
}

/**
 * Reads what a call wants to send along. Named files come first, then the diff, then what folders and patterns found; whatever
 * does not fit is left out and said. Throws a `Failure` for what was named and may not be sent, and then nothing is sent at all.
 */
export async function gather(
  { files = [], gitDiff, images = [], bringers }: Wanted,
  rules: Rules,
  { bounds, step }: Trial = {},
): Promise<Gathered> {
  const { roots, here, maxTokens, estimate, maxBytes = MAX_BYTES, onSecret, path, home = '', configHome, signal } = rules;
  const pace = new Pace(signal);
  const around = { path, home, roots, ...defined({ configHome, signal }) };
  const gate: Gate = { roots, maxBytes, pace, home, ...defined({ here, step }) };
  const parcel = new Parcel();
  const { wanted, unwanted } = await readEntries(gate, files, { diff: gitDiff !== undefined, bringers });
  const excluded = await Exclusions.of(gate, unwanted);
  const packing = { gate, budget: new Budget(maxTokens, estimate), parcel, excluded };
  const { choices, leftOut } = await choose({ gate, trees: new WorkTrees(around), excluded, bounds }, wanted);
  await packFiles(
    packing,
    choices.filter(({ named }) => named),
  );
  // After what was named: the model is told of the first ones only.
  parcel.leftOut.push(...leftOut);
  if (gitDiff !== undefined) await packDiff(packing, gitDiff, around);
  parcel.leftOut.push(...(await excluded.idle(pace)));
  await packFiles(
    packing,
    choices.filter(({ named }) => !named),
  );
  const media = await readMedia(gate, images);
  const { text, redacted } = await lastLook(blocksOf(parcel, roots), pace);
  // What failed because the call is over was taken for a thing that is left out.
  await pace.step();
  parcel.redacted.push(...redacted, ...media.flatMap((piece) => piece.redacted ?? []));
  applyPolicy(onSecret, parcel.redacted);
  return {
    text,
    parts: media.map(({ part }) => part),
    sent: [...parcel.sent, ...media.map(({ sent }) => sent)],
    leftOut: parcel.leftOut,
    redacted: parcel.redacted,
  };
}
