import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Home, makeHome } from '../support/home.ts';
import { type LineClient, openLines } from '../support/line-client.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer } from '../support/reply.ts';

const coverage = z.looseObject({ result: z.array(z.looseObject({ url: z.string() })) });

/** Words that stand in one part of the program each. */
const MARKS = {
  'files and diffs': 'Files and changes from the user. Lines are numbered',
  'the rules for secrets': 'bedrock-api-key-',
  'the engine': 'There is no model to ask',
  'the ledger': 'CREATE TABLE thread',
  'the catalogue': 'claude-sonnet-5-5',
};

/** Which parts of the program a server has loaded that did this and ended, by what Node tells of it. */
async function loadedBy(
  home: Home,
  vars: Record<string, string>,
  work: (client: LineClient) => Promise<unknown>,
): Promise<string[]> {
  const folder = join(home.path, 'coverage');
  {
    await using client = await openLines({ home, vars: { ...vars, NODE_V8_COVERAGE: folder } });
    await work(client);
    client.closeStdin();
    await client.ended;
  }
  const reports = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const urls = reports.flatMap((report) => coverage.parse(JSON.parse(report)).result.map(({ url }) => url));
  const files = urls.filter((url) => url.startsWith('file:') && url.includes('/dist/')).map((url) => fileURLToPath(url));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.entries(MARKS).flatMap(([name, mark]) => (texts.some((text) => text.includes(mark)) ? [name] : []));
}

describe('a server that starts', () => {
  it('loads nothing of files, secrets, ledger and catalogue until it is called', async () => {
    await using vendor = await startOpenAI();
    vendor.always(answer());
    await using idle = await makeHome();
    const atStart = loadedBy(idle, openAIVars(vendor), async (client) => {
      expect((await client.request('tools/list')).result).toMatchObject({ tools: expect.any(Array) });
      expect((await client.request('resources/templates/list')).result).toMatchObject({ resourceTemplates: expect.any(Array) });
    });
    await using busy = await makeHome();
    const atCall = loadedBy(busy, openAIVars(vendor), async (client) => {
      expect((await client.call('call_model', { model: MODEL, prompt: 'Hi' })).failed).toBe(false);
    });
    expect(await atStart).toEqual([]);
    // What reads files is loaded by the first call that sends one along.
    expect(await atCall).toEqual(Object.keys(MARKS).filter((mark) => mark !== 'files and diffs'));
  });
});
