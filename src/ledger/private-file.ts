import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { leftBeside } from './place.ts';

/** What nobody but the user may open: conversations lie in it. SQLite gives the files beside a database the same mode. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/**
 * Makes a folder for the user alone, and those above it, where there are none. Node's own way of making several at once never
 * comes back from a place where none can be made (`/proc`).
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: PRIVATE_FOLDER });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    if (isThere) return;
    if (code !== 'ENOENT' || statSync(dirname(path), { throwIfNoEntry: false }) !== undefined) throw error;
    makeFolder(dirname(path));
    makeFolder(path);
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
  const left = leftBeside(path);
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
    // There was no file just now, so what lay beside it belongs to one that was removed.
    left.clear();
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
