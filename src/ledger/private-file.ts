import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../core/system-code.ts';

/** What nobody but the user may open: conversations lie in it. SQLite gives the files beside a database the same mode. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Makes a folder for the user alone, and those above it. One by one: where a system takes no new folders (`/proc`), Node's own way
 * to make several at once tries for ever. Throws what the system says.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    if (await isFolder(path)) return;
    const above = dirname(path);
    // Where the folder above is there, its absence is not what was wrong.
    if (systemCode(error) !== 'ENOENT' || above === path || (await isFolder(above))) throw error;
    await makePrivateFolder(above);
    await makePrivateFolder(path);
  }
}

/** The files that a database consists of. */
const filesOf = (path: string): string[] => [path, `${path}-wal`, `${path}-shm`];

/**
 * Makes the database's file where there is none, and closes one that an earlier version left open to others. Without a pause in
 * between: to close a file takes away the locks that this process has on it, so nobody here may have opened it meanwhile. What
 * cannot be done is left to the database, which says it better.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch {
    for (const file of filesOf(path)) restrict(file);
  }
}

function restrict(file: string): void {
  try {
    const found = statSync(file);
    if (found.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, PRIVATE_FILE);
  } catch {
    // It is not there, or is somebody else's.
  }
}
