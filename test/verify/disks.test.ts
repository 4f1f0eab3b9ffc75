import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';

/** Maps no file beside a database into memory, as on network drives and in shared folders. */
const NO_SHARED_MEMORY = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
static int refused(int flags, int fd) {
  char link[64], name[4096];
  if (fd < 0 || !(flags & MAP_SHARED)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  return length > 4 && strncmp(name + length - 4, "-shm", 4) == 0;
}
typedef void *mapper(void *, size_t, int, int, int, off_t);
#define MAP(NAME) \\
  void *NAME(void *at, size_t size, int use, int flags, int fd, off_t from) { \\
    if (refused(flags, fd)) { errno = ENODEV; return MAP_FAILED; } \\
    return ((mapper *)dlsym(RTLD_NEXT, #NAME))(at, size, use, flags, fd, from); \\
  }
MAP(mmap)
MAP(mmap64)
`;

/** Locks nothing. */
const NO_LOCKS = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#define LOCK(NAME) \\
  int NAME(int fd, int what, ...) { \\
    va_list rest; va_start(rest, what); void *value = va_arg(rest, void *); va_end(rest); \\
    if (what == F_SETLK || what == F_SETLKW || what == F_GETLK) { errno = ENOLCK; return -1; } \\
    return ((int (*)(int, int, ...))dlsym(RTLD_NEXT, #NAME))(fd, what, value); \\
  }
LOCK(fcntl)
LOCK(fcntl64)
`;

const isLinux = process.platform === 'linux';
const hasCompiler = isLinux && spawnSync('cc', ['--version']).status === 0;

/** Variables under which a program runs on such a disk. */
async function diskOf(home: Home, source: string): Promise<Record<string, string>> {
  await writeFile(join(home.path, 'disk.c'), source);
  const library = join(home.path, 'disk.so');
  execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(home.path, 'disk.c'), '-ldl']);
  return { LD_PRELOAD: library };
}

const TALK = ['call', '-m', MODEL, '--thread', 'new', 'Hi'];

describe.skipIf(!hasCompiler)('a disk without', () => {
  it('shared memory keeps conversations, also those that were kept on another', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const vars = openAIVars(vendor);
    const disk = { ...vars, ...(await diskOf(home, NO_SHARED_MEMORY)) };
    for (const one of [vars, disk, vars, disk]) {
      const { code, stderr } = await run({ home, vars: one, args: TALK });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('left out')]);
    }
    const { stdout } = await run({ home, vars: disk, args: ['threads', 'list'] });
    expect(stdout.trim().split('\n')).toHaveLength(4);
  });

  it('locks is told as such', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const vars = { ...openAIVars(vendor), ...(await diskOf(home, NO_LOCKS)) };
    const { stderr } = await run({ home, vars, args: TALK });
    expect(stderr).toMatch(/No conversation can be kept: .*switchboard\.db lies on a disk without file locks/);
  });
});

/** A disk of so few bytes; undefined where this user may make none. */
async function smallDisk(home: Home): Promise<(AsyncDisposable & { path: string }) | undefined> {
  const path = join(home.path, 'disk');
  await mkdir(path);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]).status !== 0) return undefined;
  return { path, [Symbol.asyncDispose]: () => Promise.resolve(void spawnSync('umount', [path])) };
}

it.skipIf(!isLinux)('a disk without room is told as such', async ({ skip }) => {
  await using home = await makeHome();
  await using vendor = await startOpenAI();
  await using disk = await smallDisk(home);
  if (disk === undefined) skip();
  vendor.always(answer());
  for (const bytes of [65_536, 45_000]) {
    const folder = disk?.path ?? '';
    await rm(join(folder, 'filler'), { force: true });
    await writeFile(join(folder, 'filler'), Buffer.alloc(bytes));
    const vars = { ...openAIVars(vendor), SWITCHBOARD_HOME: join(folder, 'home') };
    const { code, stderr } = await run({ home, vars, args: ['call', '-m', MODEL, 'Hi'] });
    expect([code, stderr]).toEqual([0, expect.stringContaining('has no room left on its disk: make room')]);
  }
});
