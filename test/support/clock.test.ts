import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { setClock } from './clock.ts';
import { type Home, makeHome } from './home.ts';

const PRINT = 'console.log(new Date().toISOString(), Date().slice(11, 15), new Date(0).toISOString())';

/** What a program says of the time that is started in a home, and a thread of that program. */
async function toldBy(home: Home): Promise<string[]> {
  const threaded = `${PRINT}; new (require('node:worker_threads').Worker)(${JSON.stringify(PRINT)}, { eval: true })`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', threaded], { env: home.env() });
  return stdout.trim().split('\n');
}

describe('a clock that a test sets', () => {
  it('is that of the test, runs on, and is set back', async () => {
    const before = Date.now();
    {
      using _ = setClock('2031-05-06T12:00:00Z');
      expect(new Date().toISOString()).toMatch(/^2031-05-06T12:00:0/);
      expect(Date()).toContain('May 06 2031');
      const then = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(Date.now()).toBeGreaterThan(then);
    }
    expect(Date.now() - before).toBeGreaterThanOrEqual(0);
    expect(Date.now() - before).toBeLessThan(3_600_000);
  });

  it('leaves a date that is said as it is', () => {
    using _ = setClock('2031-05-06');
    expect(new Date('2020-01-02').getTime()).toBe(Date.UTC(2020, 0, 2));
    expect(new Date(2020, 0, 2).getFullYear()).toBe(2020);
    expect(new Date(0)).toBeInstanceOf(Date);
    expect(Date.parse('1970-01-01T00:00:01Z')).toBe(1000);
  });

  it('is that of the programs that it starts, and of their threads', async () => {
    await using home = await makeHome();
    using _ = setClock('2031-05-06T12:00:00Z');
    const told = await toldBy(home);
    expect(told).toHaveLength(2);
    for (const line of told) expect(line).toMatch(/^2031-05-06T12:0\S+ 2031 1970-01-01T00:00:00\.000Z$/);
  });
});
