import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import native, { basename, dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import { systemCode } from '../core/system-code.ts';
import { oneLine } from '../core/text.ts';
import { isWithin } from '../core/within.ts';
import type { Bounds } from './bounds.ts';
import { decodeText } from './decode-text.ts';

/** A configuration that was found: as it was named, and where it really is. */
export type Place = { path: string; real: string };

/** A failure of a configuration: `why` goes on with the sentence that the file's path begins. */
export const refuseFile = (path: string, why: string, cause?: unknown): Failure =>
  new Failure('config', `${oneLine(path)}: ${why}`, { cause });

/** What the system's codes mean to whoever has to mend it. */
const MEANINGS: readonly { code: RegExp; why: string }[] = [
  { code: /^(?:EACCES|EPERM)$/, why: 'this user may not read it; change its permissions' },
  { code: /^(?:ENOENT|ENOTDIR|ELOOP)$/, why: 'it is a link that leads nowhere; correct or remove it' },
  { code: /^EISDIR$/, why: 'it is a folder, and a configuration is a file' },
];

function unreadable(path: string, error: unknown): Failure {
  const code = systemCode(error);
  const why = MEANINGS.find((meaning) => meaning.code.test(code))?.why;
  return refuseFile(path, why ?? `it cannot be read${code === '' ? '' : ` (${code})`}`, error);
}

/** What says that nothing is there, or in a folder that this user may not look into. */
const NOT_THERE = /^(?:ENOENT|ENOTDIR|EACCES|EPERM|ENAMETOOLONG)$/;

/** What a path leads to; undefined: nothing is there. Throws a `config` failure for a link that leads nowhere. */
export async function findFile(path: string): Promise<Place | undefined> {
  try {
    await lstat(path);
  } catch (error) {
    if (NOT_THERE.test(systemCode(error))) return undefined;
    throw unreadable(path, error);
  }
  const real = await realpath(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return { path, real };
}

/**
 * Throws a `config` failure for a project's file that is a link, unless it leads to such a file of the same project: what a
 * file is refused for would tell what stands in the user's own files.
 */
export async function refuseForeignLink({ path, real }: Place): Promise<void> {
  const project = await realpath(dirname(path)).catch(() => dirname(path));
  if (basename(real) === basename(path) && isWithin(project, real, native)) return;
  throw refuseFile(
    path,
    'it is a link to another file, and a project’s file is read only where it stands; put the file itself there',
  );
}

const kB = (bytes: number): string => `${Math.ceil(bytes / 1024).toLocaleString('en-US')} kB`;

function checkKind(path: string, found: Stats, { bytes }: Bounds): void {
  if (found.isDirectory()) throw refuseFile(path, 'it is a folder, and a configuration is a file');
  if (!found.isFile()) throw refuseFile(path, 'it is no regular file (a pipe, socket or device); name a file with text in it');
  if (found.size > bytes)
    throw refuseFile(path, `it has ${kB(found.size)}, and at most ${kB(bytes)} of a configuration are read; make it shorter`);
}

async function readUpTo(handle: FileHandle, bytes: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(bytes);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes; length += read)
    read = (await handle.read(buffer, length, bytes - length, length)).bytesRead;
  return buffer.subarray(0, length);
}

/** A pipe without a writer is not waited for, and a link that came after the check is not followed. Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

async function readBytes({ path, real }: Place, bounds: Bounds): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    // Before it is opened: to open a device can already do something.
    checkKind(path, await stat(real), bounds);
    handle = await open(real, FLAGS);
    const found = await handle.stat();
    checkKind(path, found, bounds);
    return await readUpTo(handle, found.size);
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error);
  } finally {
    await handle?.close();
  }
}

/** The text of a regular file within its bounds. Throws a `config` failure. */
export async function readText(place: Place, bounds: Bounds): Promise<string> {
  // The usual way to say that there is none.
  if (place.real === devNull) return '';
  const decoded = decodeText(await readBytes(place, bounds));
  if ('text' in decoded) return decoded.text;
  throw refuseFile(place.path, `line ${decoded.line} ${decoded.why}; save it as UTF-8 text`);
}
