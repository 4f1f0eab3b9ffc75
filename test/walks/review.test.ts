import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { DOORS } from '../support/clients.ts';
import { makeHome } from '../support/home.ts';
import { openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

const MOST_TOKENS = 60;

/** What a host's model writes when its user says: review the staged diff with claude and gpt and tell me where they disagree. */
const CALL = { prompt: 'Review this diff for bugs and risks.', models: ['claude', 'gpt'], git_diff: 'staged' };

it.each(DOORS.filter(({ name }) => name.includes('v2 client on stdio')))(
  'reviews the staged diff with claude and gpt in one short call of $name',
  async ({ open }) => {
    await using home = await makeHome();
    await using openai = await startOpenAI();
    await using anthropic = await startAnthropic();
    openai.always(answer({ text: ['It divides by zero.'] }));
    anthropic.always(answer({ text: ['It is fine.'] }));
    const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: home.project, env: home.env() });
    await mkdir(join(home.project, 'src'));
    await writeFile(join(home.project, 'src/mean.ts'), 'export const mean = 0;\n');
    await git('init', '-q');
    await git('add', '-A');
    await git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'one');
    await writeFile(join(home.project, 'src/mean.ts'), 'export const mean = (sum: number, n: number) => sum / n;\n');
    await git('add', '-A');
    await writeFile(join(home.project, 'src/mean.ts'), 'export const mean = "not staged";\n');

    await using client = await open({ home, vars: { ...openAIVars(openai), ...anthropicVars(anthropic) } });
    const { text, failed } = await client.call('compare_models', CALL);
    expect({ failed, text }).toMatchObject({ failed: false, text: expect.stringMatching(/^2 models were asked, 2 answered/) });
    for (const { requests } of [openai, anthropic]) {
      expect(requests).toHaveLength(1);
      expect(requests[0]?.text).toContain('sum / n');
      expect(requests[0]?.text).not.toContain('not staged');
    }
    expect(text).toMatch(/\[sent to anthropic\/claude-\S+ and openai\/gpt-\S+: diff .+ \(\d+ B\)\]/);
    expect(text).toContain('It divides by zero.');
    expect(text).toContain('It is fine.');
    expect(encode(JSON.stringify(CALL)).length).toBeLessThan(MOST_TOKENS);
  },
);
