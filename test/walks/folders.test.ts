import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openWithRoots } from '../support/clients.ts';
import { type Home, makeHome } from '../support/home.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';

/** A project with a file at its top and one in `docs`, where programs are run. */
async function inDocs(): Promise<Home> {
  const home = await makeHome();
  await mkdir(join(home.project, '.git'));
  await home.write('project/README.md', 'of the project');
  await home.write('project/docs/README.md', 'of the docs');
  await home.write('project/docs/private.txt', 'private');
  await symlink('project', join(home.path, 'work'));
  return { ...home, project: join(home.project, 'docs') };
}

describe.concurrent('switchboard call, in a folder of the project', () => {
  it.each([
    [['-f', 'README.md'], /README\.md \(\d+ B\)/, ['docs/README.md']],
    [['-f', '.', '-f', '!/private.txt'], /docs\/README\.md/, ['docs/README.md']],
    [['--allow-dir', '..', '-f', 'README.md'], /docs\/README\.md/, ['docs/README.md']],
    [['--allow-dir', '../../work', '-f', '.', '-f', '!{work}/docs/*.txt'], /docs\/README\.md/, ['docs/README.md']],
    [['-f', '../README.md'], /README\.md/, ['README.md']],
  ])('%j sends what lies there', async (options, told, sent) => {
    await using home = await inDocs();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const args = ['call', '-m', MODEL, ...options.map((said) => said.replace('{work}', join(home.path, 'work'))), 'Look.'];
    const { code, stderr } = await run({ home, vars: openAIVars(vendor), args });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(told) });
    const text = vendor.requests[0]?.text ?? '';
    expect(Array.from(text.matchAll(/=== (\S+) \(/g), ([, path]) => path)).toEqual(sent);
  });

  it('is no place of its own for a host that names its workspace, by a link or not', async () => {
    await using home = await inDocs();
    await using vendor = await startOpenAI();
    vendor.always(answer());
    const work = join(home.path, 'work');
    await using host = await openWithRoots({ home, vars: openAIVars(vendor) }, async () => [{ uri: pathToFileURL(work).href }]);
    const sent = async (...files: string[]) => {
      const { text } = await host.call('call_model', { model: MODEL, prompt: 'Look.', files });
      return /\[sent to \S+: (.+?) \(/.exec(text)?.[1] ?? text;
    };
    expect(await sent('README.md')).toBe('README.md');
    expect(await sent(`${work}/*.md`)).toBe('README.md');
    expect(await sent(`${work}/docs`, `!${work}/**/*.txt`)).toBe('docs/README.md');
  });

  it('asks nobody when an exclusion is a slip', async () => {
    await using home = await inDocs();
    await using vendor = await startOpenAI();
    const args = ['call', '-m', MODEL, '-f', '.', '-f', '!privat.txt', 'Look.'];
    const { code, stderr } = await run({ home, vars: openAIVars(vendor), args });
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('docs/private.txt would be sent') });
    expect(vendor.requests).toEqual([]);
  });
});
