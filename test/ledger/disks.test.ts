import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { troubleOf } from '../../src/engine/money/books.ts';
import { type Connection, openOnDisk } from '../../src/ledger/disk.ts';
import { makeFolder } from '../../src/ledger/private-file.ts';
import { makeHome } from '../support/home.ts';

/** The database library on a disk that refuses some statements. `close` ends every connection. */
function libraryOn(refuse: (sql: string) => Error | undefined) {
  const files: Connection[] = [];
  const connect = (path: string): Connection => {
    const file = new Database(path);
    files.push(file);
    const checked = <T>(sql: string, work: () => T): T => {
      const error = refuse(sql);
      if (error !== undefined) throw error;
      return work();
    };
    return {
      exec: (sql) => checked(sql, () => file.exec(sql)),
      prepare: (sql) => checked(sql, () => file.prepare(sql)),
      close: () => file.close(),
    };
  };
  return { connect, close: () => files.map((file) => file.close()) };
}

const sqliteError = (code: string, raw: number) => new Database.SqliteError('disk I/O error', code, raw);

describe('a disk without shared memory', () => {
  const noSharedMemory = () =>
    libraryOn((sql) => (sql.includes('CREATE TABLE probe') ? sqliteError('SQLITE_IOERR_SHMMAP', 5386) : undefined));

  it('is found out with a file of its own, and takes a rollback journal', async () => {
    await using home = await makeHome();
    const path = join(home.path, 'a.db');
    const { connect, close } = noSharedMemory();
    const file = openOnDisk(path, connect);
    file.exec('CREATE TABLE one (n INTEGER)');
    expect(file.prepare('PRAGMA journal_mode').all()).toEqual([{ journal_mode: 'delete' }]);
    expect((await readdir(home.path)).filter((name) => name.includes('probe'))).toEqual([]);
    // It was never switched to WAL: bytes 18 and 19 say so.
    expect([...(await readFile(path)).subarray(18, 20)]).toEqual([1, 1]);
    close();
  });
});

it('a disk without locks is told from a file that somebody locked', async () => {
  await using home = await makeHome();
  const { connect } = libraryOn((sql) => (sql.includes('journal_mode') ? sqliteError('SQLITE_BUSY', 5) : undefined));
  expect(() => openOnDisk(join(home.path, 'a.db'), connect)).toThrow(/NO_LOCKS/);
  const path = join(home.path, 'b.db');
  const other = new Database(path);
  other.exec('BEGIN EXCLUSIVE');
  expect(() => openOnDisk(path, (at) => new Database(at))).toThrow(/locked/);
  other.close();
});

it('a file that another program is making at this moment is opened once that is done', async () => {
  await using home = await makeHome();
  const path = join(home.path, 'c.db');
  const maker = new Database(path);
  // A switch to WAL does not wait for a writer, whatever `busy_timeout` says.
  maker.exec('BEGIN IMMEDIATE');
  let tries = 0;
  const connect = (at: string): Connection => {
    if (at === path && (tries += 1) === 2) maker.exec('CREATE TABLE one (n INTEGER); COMMIT');
    return new Database(at);
  };
  const file = openOnDisk(path, connect);
  expect(tries).toBe(2);
  expect(file.prepare('PRAGMA journal_mode').all()).toEqual([{ journal_mode: 'wal' }]);
  expect(file.prepare('SELECT COUNT(*) AS n FROM one').all()).toMatchObject([{ n: 0 }]);
  file.close();
  maker.close();
});

describe('what is told of a ledger that cannot be used', () => {
  it.each([
    ['a disk that is full', sqliteError('SQLITE_FULL', 13), /^has no room left on its disk: make room/],
    ['a disk without room for what lies beside it', sqliteError('SQLITE_IOERR_SHMSIZE', 4874), /^has no room left on its disk/],
    ['a quota', Object.assign(new Error('x'), { code: 'EDQUOT' }), /^has no room left on its disk/],
    [
      'a disk that fails',
      sqliteError('SQLITE_IOERR_READ', 266),
      /^cannot be read or written, because its disk fails \(an I\/O error\): check the disk/,
    ],
    [
      'a disk that can only be read',
      Object.assign(new Error('x'), { code: 'EROFS' }),
      /^lies on a disk that can only be read: make it writable/,
    ],
    ['a file that can only be read', sqliteError('SQLITE_READONLY', 8), /^cannot be written: make it and its folder writable/],
    ['a file that cannot be opened', sqliteError('SQLITE_CANTOPEN', 14), /^cannot be written/],
    ['a disk without locks', sqliteError('SQLITE_IOERR_LOCK', 3850), /^lies on a disk without file locks \(a network drive/],
    ['a protocol of locks that fails', sqliteError('SQLITE_PROTOCOL', 15), /^lies on a disk without file locks/],
    ['a disk without shared memory', sqliteError('SQLITE_IOERR_SHMMAP', 5386), /has no shared memory for programs/],
    [
      'a place for no folder',
      Object.assign(new Error('x'), { code: 'ENOENT' }),
      /^cannot be made, because no folder can be made there: set SWITCHBOARD_HOME/,
    ],
    ['a file that is damaged', sqliteError('SQLITE_CORRUPT_VTAB', 267), /^is damaged: move it away/],
    ['a file that is locked', sqliteError('SQLITE_BUSY', 5), /^is locked by another program/],
    ['what nobody knows', new Error('x'), /^cannot be used: check the file and its folder/],
  ])('is its own sentence for %s', (_, error, told) => {
    expect(troubleOf(error)).toMatch(told);
    expect(troubleOf(error)).toMatch(/SWITCHBOARD_HOME to another folder$/);
  });
});

it.skipIf(process.platform !== 'linux')('a folder where none can be made is an error, and no endless search', async () => {
  await using home = await makeHome();
  for (const path of ['/proc/nope/deeper', '/dev/null/nope']) expect(() => makeFolder(path)).toThrow(/ENOENT|ENOTDIR|EEXIST/);
  const deep = join(home.path, 'a/b/c');
  for (let times = 0; times < 2; times += 1) makeFolder(deep);
  expect(await readdir(join(deep, '..'))).toEqual(['c']);
});
