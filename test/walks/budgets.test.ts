import { describe, expect, it } from 'vitest';
import { DOORS } from '../support/clients.ts';
import { type Home, makeHome } from '../support/home.ts';
import { openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';

/** Ten dollars a million tokens out: a thousand of them are a cent. */
const PRICES = 'pricing:\n  openai/sim-1: { input_usd_per_mtok: 0, output_usd_per_mtok: 10 }\n';
const OWN = '.config/switchboard/config.yaml';

const configured = async (home: Home, text: string): Promise<void> => void (await home.write(OWN, `${PRICES}${text}`));
const CALL = ['call', '-m', 'openai/sim-1', '--max-tokens', '1000', 'Hi'];

describe.concurrent('budget: in one line', () => {
  it.each([
    ['$0.001 a day', '"$0.001 a day"', /It begins anew at \d{4}-\d\d-\d\d 00:00 \(in [\d.]+ /],
    ['0.001 usd per month', '"$0.001 a month"', /It begins anew at \d{4}-\d\d-01 00:00 \(in /],
    ['$0.001/hour', '"$0.001 an hour"', /It begins anew at .+:00 \(in /],
    ['$0.001 weekly', '"$0.001 a week"', /It begins anew at .+ 00:00 \(in /],
    ['$0.001 a call', '"$0.001 a call"', /It is the limit of each single call/],
    ['$0.001 per session', '"$0.001 a session"', /It begins anew with the next session of your host/],
    ['$0.001 in total', '"$0.001 in total"', /It never begins anew\./],
  ])('%s refuses in words that one understands, and ends with 4', async (budget, name, resets) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, `budget: ${budget}\n`);
    const { code, stdout, stderr } = await run({ home, vars: openAIVars(vendor), args: CALL });
    expect({ code, stdout, asked: vendor.requests.length }).toEqual({ code: 4, stdout: '', asked: 0 });
    expect(stderr).toContain(
      `The budget ${name} has no room: a call to openai/sim-1 may cost up to $0.01, and $0.001 of $0.001 is left`,
    );
    expect(stderr).toMatch(resets);
    expect(stderr).toContain('What would fit now: --max-tokens 100');
  });

  it.each(['$5', '5'])('%s is an error that shows how it is written', async (budget) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, `budget: ${budget}\n`);
    const { code, stderr } = await run({ home, vars: openAIVars(vendor), args: CALL });
    expect([code, vendor.requests.length]).toEqual([2, 0]);
    expect(stderr).toContain(`budget: "${budget}" is not understood`);
    expect(stderr).toContain('"$5 a day"');
  });

  it('counts from process to process', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, 'budget: $0.015 a month\n');
    vendor.always(answer({ usage: { input: 5, output: 600 } }));
    const launch = { home, vars: openAIVars(vendor), args: CALL };
    expect((await run(launch)).code).toBe(0);
    const { code, stderr } = await run(launch);
    expect([code, vendor.requests.length]).toEqual([4, 1]);
    expect(stderr).toContain('$0.009 of $0.015 is left ($0.006 spent)');
  });
});

describe.concurrent('a project’s own file', () => {
  it('adds a budget that counts in that project, and lifts none', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, 'budget: $1 a day\n');
    await home.write(
      'project/switchboard.yaml',
      'budgets:\n  - { name: ours, limit_usd: 0.012 }\n  - { name: lavish, limit_usd: 900 }\n',
    );
    vendor.always(answer({ usage: { input: 5, output: 600 } }));
    const vars = openAIVars(vendor);
    expect((await run({ home, vars, args: CALL })).code).toBe(0);
    const here = await run({ home, vars, args: CALL });
    expect([here.code, here.stderr]).toEqual([4, expect.stringContaining('The budget "ours" has no room')]);
    // The same files, but the work is about another project.
    const there = await run({ home, vars: { ...vars, CLAUDE_PROJECT_DIR: `${home.path}/elsewhere` }, args: CALL });
    expect(there.code).toBe(0);
  });

  it('cannot raise what the user’s own file set', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, 'budget: $0.001 a day\n');
    await home.write('project/switchboard.yaml', 'budget: $500 a day\n');
    const { code, stderr } = await run({ home, vars: openAIVars(vendor), args: CALL });
    expect([code, stderr]).toEqual([4, expect.stringContaining('The budget "$0.001 a day"')]);
  });
});

describe.concurrent.each(DOORS.filter(({ name }) => name.includes('stdio')))('$name', ({ open }) => {
  it('is told of a budget as any other failure, and reads where the money went', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    await configured(home, 'budget: $0.015 a day\n');
    vendor.always(answer({ usage: { input: 5, output: 600 } }));
    await using visitor = await open({ home, vars: openAIVars(vendor) });
    expect(await visitor.read('switchboard://usage')).toContain('nothing; no model was called');
    const args = { model: 'openai/sim-1', prompt: 'Hi', max_tokens: 1000 };
    expect((await visitor.call('call_model', args)).failed).toBe(false);
    const refused = await visitor.call('call_model', args);
    expect([refused.failed, refused.meta]).toEqual([
      true,
      expect.objectContaining({ 'switchboard/error': expect.objectContaining({ kind: 'budget' }) }),
    ]);
    expect(refused.text).toContain('The budget "$0.015 a day" has no room');
    const usage = await visitor.read('switchboard://usage');
    expect(usage).toContain('$0.006 for 1 attempt');
    expect(usage).toContain('Budget "$0.015 a day": $0.006 spent, $0.009 left; begins anew on ');
    expect(usage).toMatch(/^a-client-of-the-tests +1 /m);
    const listed = await visitor.call('list_models', { query: 'sim-1' });
    expect(listed.failed).toBe(false);
  });

  it('compares the others where one of the models is an agent that may not be asked', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const agent = `agents: { clerk: { model: openai/sim-1, system: Sign in with ${secret}. } }\nfiles: { on_secret: refuse }\n`;
    await configured(home, `${agent}budget: $0.015 a day\n`);
    vendor.always(answer());
    await using visitor = await open({ home, vars: openAIVars(vendor) });
    const args = { models: ['clerk', 'openai/sim-1'], prompt: 'Hi', max_tokens: 1000 };
    const { text, failed } = await visitor.call('compare_models', args);
    expect([failed, vendor.requests.length]).toEqual([false, 1]);
    expect(text).toContain('2 models were asked, 1 answered');
    expect(text).toMatch(/## 1\. clerk \(openai\/sim-1\): no answer \([0-9a-f]{6}\)\n\n.+of the agent "clerk":1/);
    expect(text).not.toContain(secret);
  });
});
