import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openLedger } from '../../src/ledger/ledger.ts';
import { entry } from '../ledger/wallet.ts';
import { type Home, makeHome } from '../support/home.ts';
import { CLI, run } from '../support/process.ts';

const HOUR = 3_600_000;

const REPORT = z.looseObject({ since: z.string(), by_provider: z.array(z.looseObject({ attempts: z.number() })) });

/** A home with a few calls of the last days, and some of so many tools; their days are those of UTC. */
async function withHistory(tools = 0): Promise<{ home: Home; vars: Record<string, string>; day: (back: number) => string }> {
  const home = await makeHome();
  const ledger = await openLedger(home.path);
  const now = Date.now();
  const rows = [
    entry('a', now, 250_000_000, { usage: { input: 1200, output: 300 }, agent: 'claude-code', ms: 2000 }),
    entry('b', now, 50_000_000, { provider: 'groq', usage: { input: 90, output: 10 }, tool: 'compare_models', ms: 500 }),
    entry('c', now - 48 * HOUR, 1_000_000_000, { project: '/work/=HYPERLINK', agent: '=cmd|calc' }),
    entry('d', now - 48 * HOUR, null, { model: 'new' }),
    entry('e', now - 24 * 40 * HOUR, 7_000_000_000, { kind: 'timeout' }),
  ];
  for (let nth = 0; nth < tools; nth += 1) rows.push(entry(`t${nth}`, now, 1, { tool: `a tool of a long name, number ${nth}` }));
  for (const row of rows) ledger.purse.settle(row);
  ledger.close();
  const day = (back: number) => new Date(now - back * 24 * HOUR).toISOString().slice(0, 10);
  return { home, vars: { SWITCHBOARD_HOME: home.path, TZ: 'UTC' }, day };
}

describe.concurrent('switchboard usage', () => {
  it('tells the last month by day and model, with a bar for the money of each', async () => {
    const { home, vars, day } = await withHistory();
    await using _ = home;
    const { code, stdout } = await run({ home, vars, args: ['usage'] });
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^Spent since .+: \$1\.30 for 4 attempts, and 1 attempt of unknown cost\.$/);
    expect(stdout).toMatch(new RegExp(`^${day(2)} +2 +2 .+\\$1\\.00 \\+ 1 unknown +█{24}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^${day(0)} +2 +2 .+\\$0\\.30 +█{7}.?$`, 'm'));
    expect(stdout).toMatch(/^openai\/m +2 +2 +0 +1,200 +300 .+\$1\.25 +█{24}$/m);
    expect(stdout).toMatch(/^groq\/m +1 +1 +0 +90 +10 +500 ms +\$0\.05 +▉?█?.*$/m);
  });

  it.each([
    ['day', /^\d{4}-\d\d-\d\d +2 /m],
    ['model', /^openai\/m +2 /m],
    ['provider', /^openai +3 /m],
    ['tool', /^compare_models +1 /m],
    ['project', /^\/p +3 /m],
    ['agent', /^claude-code +1 /m],
  ])('--by %s', async (by, line) => {
    const { home, vars } = await withHistory();
    await using _ = home;
    const { code, stdout } = await run({ home, vars, args: ['usage', '--by', by] });
    expect([code, stdout.split('\n')[2]?.split(' ')[0]]).toEqual([0, by]);
    expect(stdout).toMatch(line);
  });

  it.each([
    ['24h', 2],
    ['3d', 4],
    ['all', 5],
    ['2020-01-01', 5],
  ])('--since %s counts %d attempts', async (since, attempts) => {
    const { home, vars } = await withHistory();
    await using _ = home;
    const { stdout } = await run({ home, vars, args: ['usage', '--since', since, '--json', '--by', 'provider'] });
    const { by_provider: lines } = REPORT.parse(JSON.parse(stdout));
    expect(lines.reduce((sum, line) => sum + line.attempts, 0)).toBe(attempts);
  });

  it('--json has every dimension, money as whole nano-dollars and as dollars, and the budgets', async () => {
    const { home, vars } = await withHistory();
    await using _ = home;
    await home.write('.config/switchboard/config.yaml', 'budget: $5 a month\n');
    const { code, stdout, stderr } = await run({ home, vars, args: ['usage', '--json'] });
    expect([code, stderr]).toEqual([0, '']);
    const told: unknown = JSON.parse(stdout);
    const names = ['day', 'model', 'provider', 'tool', 'project', 'agent'].map((name) => `by_${name}`);
    expect(new Set(Object.keys(REPORT.parse(told)))).toEqual(
      new Set(['since', ...names, 'under_way', 'lost_processes', 'budgets']),
    );
    expect(told).toMatchObject({
      by_provider: [
        { key: 'openai', attempts: 3, cost_usd: 1.25, cost_nano_usd: 1_250_000_000, unknown_costs: 1 },
        { key: 'groq', attempts: 1, cost_usd: 0.05, cost_nano_usd: 50_000_000, unknown_costs: 0 },
      ],
      budgets: [
        { name: '$5.00 a month', limit_nano_usd: 5_000_000_000, held_nano_usd: 0, mode: 'block', resets_at: expect.any(String) },
      ],
    });
  });

  it('--csv is a table of all dimensions in which nothing is a formula', async () => {
    const { home, vars } = await withHistory();
    await using _ = home;
    const { code, stdout } = await run({ home, vars, args: ['usage', '--csv'] });
    expect(code).toBe(0);
    const [head = '', ...lines] = stdout.trimEnd().split('\n');
    expect(head).toBe(
      'by,key,calls,attempts,failed,cached,input,cacheRead,cacheWrite,output,lost,mean_ms,cost_usd,cost_nano_usd,unknown_costs,estimated_nano_usd,lost_nano_usd',
    );
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(
      new Set(['day', 'model', 'provider', 'tool', 'project', 'agent']),
    );
    expect(lines.find((line) => line.includes('cmd|calc'))).toMatch(/^agent,'=cmd\|calc,/);
    expect(stdout).not.toMatch(/(^|,)"?=/m);
  });

  it('--reset lets a budget begin anew, and tells which there are', async () => {
    const { home, vars } = await withHistory();
    await using _ = home;
    await home.write('.config/switchboard/config.yaml', 'budgets: [{ name: mine, limit_usd: 5, window: total }]\n');
    expect((await run({ home, vars, args: ['usage'] })).stdout).toMatch(/Budget "mine": \$8\.30 spent/);
    expect(await run({ home, vars, args: ['usage', '--reset', 'yours'] })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--reset: There is no budget "yours" that outlasts a call; there are "mine"'),
    });
    const reset = await run({ home, vars, args: ['usage', '--reset', 'mine'] });
    expect(reset).toMatchObject({ code: 0, stderr: 'Budget "mine" begins anew: $8.30 counted for it until now.\n' });
    expect(reset.stdout).toMatch(/Budget "mine": \$0 spent, \$5\.00 left; was reset on /);
  });

  it('--reset of a budget for each model says whose begins anew, and leaves none of nobody', async () => {
    const { home, vars } = await withHistory();
    await using _ = home;
    const config = 'budgets: [{ name: each, limit_usd: 9, window: total, scope: model }]\n';
    await home.write('.config/switchboard/config.yaml', config);
    const { code, stdout, stderr } = await run({ home, vars, args: ['usage', '--reset', 'each'] });
    expect([code, stderr.trimEnd().split('\n').toSorted()]).toEqual([
      0,
      [
        'Budget "each" (groq/m) begins anew: $0.05 counted for it until now.',
        'Budget "each" (openai/m) begins anew: $8.25 counted for it until now.',
        'Budget "each" (openai/new) begins anew: $0 counted for it until now.',
      ],
    ]);
    expect(stdout.match(/^Budget "each" \(.+?\): \$0 spent/gm)).toHaveLength(3);
    expect(stdout).not.toMatch(/\(\/\)|"each":/);
  });

  it('tells when a budget begins anew that has counted nothing', async () => {
    const { home, vars } = await withHistory();
    await using _ = home;
    const scopes = ['model:cohere/*', 'provider'];
    const budgets = scopes.map((scope) => ({ name: scope, limit_usd: 2, window: 'day', scope }));
    await home.write('.config/switchboard/config.yaml', JSON.stringify({ budgets }));
    const { stdout } = await run({ home, vars, args: ['usage'] });
    expect(stdout).toMatch(/^Budget "model:cohere\/\*": \$0 spent, \$2\.00 left; begins anew on \d{4}-\d\d-\d\d 00:00\.$/m);
    const empty = await run({ home, args: ['usage'] });
    expect(empty.stdout).toMatch(/^Budget "provider": \$0 spent, \$2\.00 left; begins anew on \d{4}-\d\d-\d\d \d\d:\d\d\.$/m);
  });

  it('arrives whole at a reader that takes its time', async () => {
    const { home, vars } = await withHistory(3000);
    await using _ = home;
    const child = spawn('sh', ['-c', `"$NODE" "$CLI" usage --csv --since all | (sleep 2; cat)`], {
      cwd: home.project,
      env: home.env({ ...vars, NODE: process.execPath, CLI }),
    });
    const text = (await child.stdout.toArray()).join('');
    expect(text.length).toBeGreaterThan(100_000);
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('tool,')),
    ).toHaveLength(3002);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^agent,/);
  });

  it('of an empty ledger says so', async () => {
    await using home = await makeHome();
    const plain = await run({ home, args: ['usage'] });
    expect([plain.code, plain.stdout]).toEqual([0, expect.stringMatching(/^Spent since .+: nothing; no model was called\.\n$/)]);
    const all = await run({ home, args: ['usage', '--since', 'all'] });
    expect(all.stdout).toBe('All that was ever spent: nothing; no model was called.\n');
    const csv = await run({ home, args: ['usage', '--csv'] });
    expect([csv.code, csv.stderr]).toEqual([0, '']);
  });

  it.each([
    [['--since', 'yesterday'], '--since: "yesterday" is no time; write 24h, 7d, 4w, a day such as 2026-11-01, or all'],
    [['--since', '2026-13-45'], '--since: "2026-13-45" is no time'],
    [['--since', '2026-02-31'], '--since: "2026-02-31" is no time'],
    [['--since', '999999999d'], '--since: 999999999d goes back to before 1970; write all for everything'],
    [['--since', '9'.repeat(400) + 'w'], 'goes back to before 1970; write all for everything'],
    [['--by', 'modle'], '--by: there is no "modle" (did you mean "model"?)'],
  ])('%j is an error that says how it is written', async (args, words) => {
    await using home = await makeHome();
    const { code, stdout, stderr } = await run({ home, args: ['usage', ...args] });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(words)]);
  });

  it.each([['usage'], ['usage', '--json']])(
    '%s %s of a ledger that cannot be read is an error, and not nothing',
    async (...args) => {
      await using home = await makeHome();
      await writeFile(join(home.path, 'switchboard.db'), 'This is no database.'.repeat(500));
      const { code, stdout, stderr } = await run({ home, vars: { SWITCHBOARD_HOME: home.path }, args });
      expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('is damaged: move it away, and a new one is made')]);
    },
  );
});
