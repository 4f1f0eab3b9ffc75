import { basename } from 'node:path';
import type { Part } from '../core/chat.ts';
import { packDiff } from './diff/diff.ts';
import { type Bringers, choose } from './files/choose.ts';
import { packFiles } from './files/files.ts';
import type { Bounds } from './files/walk.ts';
import type { Gate } from './gate/gate.ts';
import type { Step } from './gate/open.ts';
import { readMedia } from './media/media.ts';
import { Budget } from './parcel/budget.ts';
import { Parcel } from './parcel/parcel.ts';
import type { Estimate, LeftOut, Redacted, Sent } from './parcel/sent.ts';
import { applyPolicy, scanText, type SecretPolicy } from './secrets/scan.ts';
import { NOT_INCLUDED, PREAMBLE } from './told.ts';

/** What a call asks to be sent along. */
export type Wanted = {
  files?: readonly string[];
  gitDiff?: string;
  images?: readonly string[];
  /** Which of the files an agent brings along. */
  bringers?: Bringers;
};

export type Rules = {
  /** The folders that may be read: real paths, from `findRoots`. */
  roots: readonly string[];
  /** The tokens that files and diff may take together, and what a text takes. */
  maxTokens: number;
  estimate: Estimate;
  /** `files.max_mb`, in bytes: the largest file that is read. */
  maxBytes?: number;
  /** `files.on_secret`. */
  onSecret: SecretPolicy;
  /** The PATH on which git is found. */
  path: string;
  /** The user's home folder, for the few of their git settings that a diff depends on; without it none are read. */
  home?: string;
  /** How far globs and folders are walked. */
  bounds?: Bounds;
  /** Told between the steps of each read; for tests of races. */
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
/** How many of the things left out the model is told of; the caller is told of all. */
const MOST_TOLD = 20;

const NOTHING_CAME = 'Files and changes from the user were to go along with this, and none of them does.';

/** Where the user's folders lie is for the user to read, and not for the model that is asked. */
const anonymous = (why: string, roots: readonly string[]): string =>
  roots.reduce((text, root) => text.replaceAll(root, basename(root)), why);

/** The blocks of what goes into the prompt, in its order. */
function blocksOf({ blocks, leftOut }: Parcel, roots: readonly string[]): string[] {
  if (blocks.length === 0 && leftOut.length === 0) return [];
  const told = leftOut.slice(0, MOST_TOLD).map(({ path, why }) => `- ${path}: ${anonymous(why, roots)}`);
  const more = leftOut.length > MOST_TOLD ? [`- and ${leftOut.length - MOST_TOLD} more`] : [];
  const left = told.length === 0 ? [] : [[NOT_INCLUDED, ...told, ...more].join('\n')];
  // What was asked for and does not go along is said even where nothing else goes along: the prompt may speak of it.
  return [blocks.length === 0 ? NOTHING_CAME : PREAMBLE, ...blocks, ...left];
}

/**
 * A last look at all that goes along: names of files can hold secrets, too. Block by block, so that what one file begins and
 * another one ends is not taken for a key.
 */
async function lastLook(blocks: readonly string[]): Promise<{ text: string; redacted: Redacted[] }> {
  const scanned: { text: string; redacted: Redacted[] }[] = [];
  for (const block of blocks) scanned.push(await scanText('a block with its header', block, 'redact'));
  return { text: scanned.map(({ text }) => text).join('\n\n'), redacted: scanned.flatMap(({ redacted }) => redacted) };
}

/**
 * Reads what a call wants to send along. Named files come first, then the diff, then what folders and patterns found; whatever
 * does not fit is left out and said. Throws a `Failure` for what was named and may not be sent, and then nothing is sent at all.
 */
export async function gather({ files = [], gitDiff, images = [], bringers }: Wanted, rules: Rules): Promise<Gathered> {
  const { roots, maxTokens, estimate, maxBytes = MAX_BYTES, onSecret, path, home = '', bounds, step } = rules;
  const gate: Gate = { roots, maxBytes, ...(step && { step }) };
  const parcel = new Parcel();
  const packing = { gate, budget: new Budget(maxTokens, estimate), parcel };
  const { choices, leftOut } = files.length === 0 ? { choices: [], leftOut: [] } : await choose(gate, files, bounds, bringers);
  await packFiles(
    packing,
    choices.filter(({ named }) => named),
  );
  // After what was named: the model is told of the first ones only.
  parcel.leftOut.push(...leftOut);
  if (gitDiff !== undefined) await packDiff(packing, gitDiff, { path, home });
  await packFiles(
    packing,
    choices.filter(({ named }) => !named),
  );
  const media = await readMedia(gate, images);
  const { text, redacted } = await lastLook(blocksOf(parcel, roots));
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
