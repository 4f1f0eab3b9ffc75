import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOORS, openWithRoots, type Visitor, type Workspace } from '../support/clients.ts';
import { requestFor } from '../support/eras.ts';
import { type Home, makeHome } from '../support/home.ts';
import { startHttp } from '../support/http-server.ts';
import { told } from '../support/messages.ts';
import { MODEL, openAIVars, startOpenAI } from '../support/openai.ts';
import { post } from '../support/post.ts';
import { type Launch, run } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import type { Vendor } from '../support/vendor.ts';

const ASKED = { model: MODEL, prompt: 'What is it?', files: ['note.txt'] };
const NO_FOLDER = /No folder may be read: .+ --allow-dir FOLDER.+files\.allow_dirs/;

let home: Home;
let vendor: Vendor;
/** A folder that is no repository, in which a note lies. */
let desk: string;

const launch = (more: Partial<Launch> = {}): Launch => ({ home, ...more, vars: { ...openAIVars(vendor), ...more.vars } });
const uriOf = (path: string): string => pathToFileURL(path).href;
const withRoots = (workspace: Workspace, more: Partial<Launch> = {}): Promise<Visitor> => openWithRoots(launch(more), workspace);

beforeAll(async () => {
  [home, vendor] = await Promise.all([makeHome(), startOpenAI()]);
  vendor.always(answer());
  desk = join(home.path, 'desk');
  await mkdir(desk);
  await writeFile(join(desk, 'note.txt'), 'A note from the desk.\n');
});
afterAll(async () => {
  await vendor.close();
  await home[Symbol.asyncDispose]();
});

/** What came of a call for the note: whether it went along. */
async function noteThrough(client: Pick<Visitor, 'call'>) {
  const before = vendor.requests.length;
  const { text, failed } = await client.call('call_model', ASKED);
  const [request] = vendor.requests.slice(before);
  return { text, failed, asked: request !== undefined, sent: request?.text.includes('A note from the desk.') ?? false };
}
const SENT = { failed: false, sent: true, text: expect.stringContaining('[sent to openai/sim-1: note.txt (') };
const REFUSED = { failed: true, asked: false, text: expect.stringMatching(NO_FOLDER) };

describe('files from the workspace that a host offers', () => {
  it('go along, whatever other addresses it offers', async () => {
    const others = ['file://another-host/share', 'file:///a%2Fb', uriOf(join(home.path, 'gone'))];
    await using client = await withRoots(async () => [...others, uriOf(desk)].map((uri) => ({ uri })));
    expect(await noteThrough(client)).toMatchObject(SENT);
    expect((await client.call('call_model', { ...ASKED, files: ['../project'] })).failed).toBe(true);
    expect(client.complaints).toEqual([]);
  });

  it('do not when the workspace is the home folder, or the whole disk', async () => {
    await using client = await withRoots(async () => [{ uri: uriOf(home.path) }, { uri: 'file:///' }]);
    expect(await noteThrough(client)).toMatchObject(REFUSED);
  });

  it.each([
    ['nothing', []],
    ['a folder of another machine', ['vscode-remote://ssh-remote+box/home/me/app']],
    ['a folder that is gone', ['file:///no/such/folder']],
    ['no address at all', ['::']],
  ])('are not those of the server’s own repository when it offers %s', async (_, uris) => {
    await using own = await makeHome();
    await mkdir(join(own.project, '.git'));
    await writeFile(join(own.project, 'note.txt'), 'A note of the server.\n');
    const workspace: Workspace = async () => uris.map((uri) => ({ uri }));
    await using client = await withRoots(workspace, { home: own });
    expect(await noteThrough(client)).toMatchObject(REFUSED);
    await using named = await withRoots(workspace, { home: own, vars: { CLAUDE_PROJECT_DIR: desk } });
    expect(await noteThrough(named)).toMatchObject(SENT);
  });

  it('do not hang a call when the host never answers, and nobody waits where folders are named', async () => {
    let asked = 0;
    const silent: Workspace = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    await using named = await withRoots(silent, { args: ['serve', '--allow-dir', desk] });
    expect(await noteThrough(named)).toMatchObject(SENT);
    expect(asked).toBe(0);
    await using client = await withRoots(silent);
    expect(await client.call('call_model', { model: MODEL, prompt: 'No files.' })).toMatchObject({ failed: false });
    expect(asked).toBe(0);
    expect(await noteThrough(client)).toMatchObject(REFUSED);
    expect(asked).toBe(1);
  });
});

describe('files without a workspace', () => {
  it('go along from the folder that the host started the server in, and are refused where that is the home folder', async () => {
    for (const { name, open } of DOORS.filter((door) => door.name.includes('v2 client on stdio'))) {
      await using client = await open(launch({ home: { ...home, project: desk } }));
      expect({ name, ...(await noteThrough(client)) }).toMatchObject({ name, ...SENT });
      await using wide = await open(launch({ home: { ...home, project: home.path } }));
      expect({ name, ...(await noteThrough(wide)) }).toMatchObject({ name, ...REFUSED });
    }
  });

  it('go along from CLAUDE_PROJECT_DIR, --allow-dir, the config and the repository that it runs in', async () => {
    await home.write('allowing.yaml', `files: { allow_dirs: ["${desk}"] }`);
    const ways: Partial<Launch>[] = [
      { vars: { CLAUDE_PROJECT_DIR: desk } },
      { args: ['--allow-dir', desk] },
      { args: ['--config', join(home.path, 'allowing.yaml')] },
      { home: { ...home, project: desk } },
    ];
    await mkdir(join(desk, '.git'));
    for (const { args = [], ...way } of ways) {
      const before = vendor.requests.length;
      const ended = await run(launch({ ...way, args: ['call', '-m', MODEL, '--file', 'note.txt', ...args, 'What is it?'] }));
      expect(ended).toMatchObject({
        code: 0,
        stdout: 'Hello\n',
        stderr: expect.stringContaining('[sent to openai/sim-1: note.txt ('),
      });
      expect(vendor.requests.at(before)?.text).toContain('A note from the desk.');
    }
    const typed = ['call', '-m', MODEL, '--file', 'desk/note.txt', 'What is it?'];
    const ended = await run(launch({ home: { ...home, project: home.path }, args: typed }));
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('desk/note.txt (') });
  });
});

describe('files over HTTP', () => {
  const call = async (url: string) => {
    const { headers, body } = requestFor('modern', 'tools/call', { name: 'call_model', arguments: ASKED });
    const { messages } = await post(url, { headers, body });
    return told(messages.find(({ id }) => id === 1)?.result);
  };

  it('need --allow-dir: no environment and no config opens a folder', async () => {
    await home.write('allowing.yaml', `files: { allow_dirs: ["${desk}"] }`);
    const before = vendor.requests.length;
    await using closed = await startHttp(
      launch({ args: ['--config', join(home.path, 'allowing.yaml')], vars: { CLAUDE_PROJECT_DIR: desk } }),
    );
    const remedy = /No folder may be read for callers over HTTP: start the server with --allow-dir FOLDER/;
    expect(await call(closed.url)).toMatchObject({ failed: true, text: expect.stringMatching(remedy) });
    expect(vendor.requests).toHaveLength(before);
    await using opened = await startHttp(launch({ args: ['--allow-dir', desk] }));
    expect(await call(opened.url)).toMatchObject({
      failed: false,
      text: expect.stringContaining('[sent to openai/sim-1: note.txt'),
    });
  });
});
