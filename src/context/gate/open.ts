import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { count } from '../../core/text.ts';
import { shown } from './spelling.ts';
import { readStretch, type Stretch } from './stretch.ts';

/** Told between the steps of a read, so that a test can change the disk there. */
export type Step = (at: 'checked' | 'opened', real: string) => Promise<void>;

/** A link in the last place is not followed, and a pipe without a writer is not waited for. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** How much of a file is read at most, and what ends it sooner. */
type ReadLimits = { maxBytes: number; pace?: Pace; step?: Step | undefined };

const CHUNK = 256 * 1024;

/** `1.5 MB`: of 1,000,000 bytes. */
const size = (bytes: number | bigint): string =>
  bytes < 1000
    ? `${count(Number(bytes))} bytes`
    : bytes < 1_000_000
      ? `${Math.ceil(Number(bytes) / 1000)} kB`
      : `${Number((Number(bytes) / 1e6).toFixed(1))} MB`;

const unlike = (name: string): Failure =>
  new Failure(
    'input',
    `The file ${shown(name)} changed while it was being read, so nothing of it was sent: call again when it is at rest`,
  );

function checkKind(found: BigIntStats, name: string, maxBytes: number): void {
  if (!found.isFile()) {
    throw new Failure(
      'input',
      `${shown(name)} is no regular file (a folder, pipe, socket or device): name a file with text in it`,
    );
  }
  if (found.size <= BigInt(maxBytes)) return;
  throw new Failure(
    'input',
    `The file ${shown(name)} has ${size(found.size)} and the limit is ${size(maxBytes)}: name lines of it, like ${name}:1-200, or raise files.max_mb in your config`,
  );
}

/** Whether what is open is what lies at `real` now: by its number on the disk and, on Linux, by the path the system gives it. */
async function isAt(handle: FileHandle, real: string, opened: BigIntStats): Promise<boolean> {
  const there = await stat(real, { bigint: true }).catch(() => undefined);
  if (there === undefined || there.ino !== opened.ino || there.dev !== opened.dev) return false;
  if ((await realpath(real).catch(() => undefined)) !== real) return false;
  const fd = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
  return fd === undefined || fd === real;
}

async function readUpTo(handle: FileHandle, { maxBytes, pace }: ReadLimits): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= maxBytes;) {
    await pace?.step();
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, null);
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
  }
  return Buffer.concat(chunks);
}

/**
 * Opens the regular file at `real`, which the caller has resolved and judged. What is open is compared with what was judged
 * before a byte is read, so a file that is swapped for a link in between sends nothing. A hard link cannot be told from the file
 * itself: who can make one here can read its target already, and what it holds meets the scan for secrets like everything else.
 */
async function withRegular<T>(
  real: string,
  name: string,
  { maxBytes, step }: Pick<ReadLimits, 'maxBytes' | 'step'>,
  use: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  // Before it is opened: to open a device can already do something.
  const before = await lstat(real, { bigint: true }).catch(() => undefined);
  if (before === undefined || before.isSymbolicLink()) throw unlike(name);
  checkKind(before, name, maxBytes);
  await step?.('checked', real);
  const handle = await open(real, FLAGS).catch(() => undefined);
  if (handle === undefined) throw new Failure('input', `The file ${shown(name)} cannot be opened: check its permissions`);
  try {
    const opened = await handle.stat({ bigint: true });
    checkKind(opened, name, maxBytes);
    await step?.('opened', real);
    if (opened.ino !== before.ino || opened.dev !== before.dev || !(await isAt(handle, real, opened))) throw unlike(name);
    return await use(handle);
  } finally {
    await handle.close();
  }
}

/** The bytes of a regular file. */
export const readRegular = (real: string, name: string, limits: ReadLimits): Promise<Buffer> =>
  withRegular(real, name, limits, async (handle) => {
    const bytes = await readUpTo(handle, limits);
    if (bytes.length > limits.maxBytes) throw unlike(name);
    return bytes;
  });

/** Some lines of a regular file of any size, with what stands around them; `maxBytes` bounds what is kept of it. */
export const readRegularLines = (
  real: string,
  name: string,
  { maxBytes, pace, step }: ReadLimits,
  lines: { from: number; to: number },
): Promise<Stretch> =>
  withRegular(real, name, { maxBytes: Number.MAX_SAFE_INTEGER, step }, (handle) =>
    readStretch(
      async () => {
        await pace?.step();
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, null);
        return buffer.subarray(0, bytesRead);
      },
      lines,
      maxBytes,
    ),
  );
