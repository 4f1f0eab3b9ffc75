import { describe, expect, it } from 'vitest';
import { makeHome } from '../support/home.ts';
import { openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';

const FILES = {
  user: '.config/switchboard/config.yaml',
  project: 'project/switchboard.yaml',
  variable: 'variable.yaml',
  option: 'option.yaml',
} as const;
type Where = keyof typeof FILES;

const says = (model: string): string => `default_model: openai/${model}\naliases: { of-${model}: openai/${model} }\n`;

describe.concurrent('which model is asked', () => {
  it.each<{ written: Where[]; asked: Where }>([
    { written: ['user'], asked: 'user' },
    { written: ['project'], asked: 'project' },
    { written: ['user', 'project'], asked: 'user' },
    { written: ['user', 'project', 'variable'], asked: 'variable' },
    { written: ['user', 'project', 'variable', 'option'], asked: 'option' },
  ])('is what the one of $written says that is the user’s, the last of them', async ({ written, asked }) => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    for (const where of written) await home.write(FILES[where], says(where));
    const named = written.includes('variable') ? { SWITCHBOARD_CONFIG: `${home.path}/variable.yaml` } : {};
    const option = written.includes('option') ? ['--config', `${home.path}/option.yaml`] : [];
    const vars = { ...openAIVars(vendor), ...named };
    expect(await run({ home, vars, args: ['call', ...option, 'Hi'] })).toMatchObject({ code: 0 });
    expect(vendor.requests[0]?.body).toMatchObject({ model: asked });
  });

  it('may be named by an alias of the user’s own file, whichever other file counts', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await home.write(FILES.user, says('user'));
    const option = await home.write(FILES.option, says('option'));
    const args = ['call', '--config', option, '-m', 'of-user', 'Hi'];
    expect(await run({ home, vars: openAIVars(vendor), args })).toMatchObject({ code: 0 });
    expect(vendor.requests[0]?.body).toMatchObject({ model: 'user' });
  });

  it('is what SWITCHBOARD_DEFAULT_MODEL says, whatever the files say', async () => {
    await using home = await makeHome();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await home.write(FILES.project, says('project'));
    const vars = { ...openAIVars(vendor), SWITCHBOARD_DEFAULT_MODEL: 'openai/variable' };
    expect(await run({ home, vars, args: ['call', 'Hi'] })).toMatchObject({ code: 0 });
    expect(vendor.requests[0]?.body).toMatchObject({ model: 'variable' });
  });

  it('is not what a project’s file says beside a file that the user names', async () => {
    await using home = await makeHome();
    await home.write(FILES.project, says('project'));
    const option = await home.write(FILES.option, 'aliases: {}\n');
    const ended = await run({ home, args: ['call', '--config', option, '-m', 'of-project', 'Hi'] });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('No model "of-project" is known') });
  });
});
