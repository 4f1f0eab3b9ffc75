import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeHome, type Home } from '../support/home.ts';
import { openLines } from '../support/line-client.ts';

/** What lies where a configuration is looked for, by what it is made of or how it is made. */
type Thing = string | Uint8Array | ((path: string) => unknown);

const put = async (path: string, thing: Thing): Promise<void> => {
  await rm(path, { recursive: true, force: true });
  if (typeof thing === 'function') await thing(path);
  else await writeFile(path, thing);
};

const BOMB = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...'bcdefgh'.split('').map((key, nth) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[nth]}`).join()}]`),
].join('\n');

const BROKEN: readonly (readonly [string, Thing, RegExp])[] = [
  ['an open bracket', 'aliases: [a\n', /line \d is not valid YAML/],
  [
    'a star without quotes',
    'models:\n  deny:\n    - *preview*\n',
    /line 3 is not valid YAML \(\*preview\* stands there without quotes.*; write "\*preview\*"\)/,
  ],
  ['a star alone', 'models: { allow: [*] }\n', /line 1 .*write "\*"/],
  ['a tag without quotes', 'agents: { a: { files: [!dist] } }\n', /line 1 .*write "!dist"/],
  ['a tag of a program', 'default_model: !!js/function "() => 1"\n', /line 1 .*for a tag/],
  ['binary data', 'default_model: !!binary aGk=\n', /line 1 .*for a tag/],
  ['a sign that is kept for later', 'default_model: @x\n', /line 1 .*write "@x"/],
  ['aliases that multiply', BOMB, /aliases stand for one another so often/],
  ['fifty thousand aliases', `a: &x 1\nb: [${'*x,'.repeat(50_000)}]\n`, /line 2 has more than 100 anchors and aliases/],
  ['an alias of what it stands in', 'providers: &x { openai: { extra_body: *x } }\n', /means what it stands in itself/],
  ['thirty thousand brackets', '['.repeat(30_000), /more than 50 levels deep/],
  ['thirty thousand dashes', '- '.repeat(30_000), /more than 50 levels deep/],
  ['more keys than anybody writes', Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n'), /too many entries/],
  ['a key twice', 'retries: 1\nretries: 2\n', /line 2 .*a second time/],
  ['a tab before a key', 'cache:\n\tenabled: true\n', /line 2 .*a tab/],
  ['two documents', 'retries: 1\n---\nretries: 2\n', /a second document/],
  ['a merge of a number', 'cache: { <<: 1 }\n', /line 1 .*"<<" takes a table/],
  ['a bad escape', 'default_model: "\\q"\n', /line 1 is not valid YAML/],
  ['an unknown key', 'retires: 1\n', /line 1: the key "retires" is not known; did you mean "retries"\?/],
  ['a key with a line break', '"a\\nb": 1\n', /the key "a b" is not known/],
  ['a wrong type', 'agents: { rev: { model: [a] } }\n', /line 1: agents\.rev\.model has to be a string/],
  ['a key of numbers', '1: 2\n', /the key "1" is not known/],
  ['a table for a key', '{ a: 1 }: 2\n', /is not known/],
  ['no key', '? \n: 1\n', /is not known/],
  ['a list', '- a\n', /the file has to be a table of keys/],
  ['a text', 'a\n', /the file has to be a table of keys/],
  ['the key of all objects', 'aliases: { __proto__: a/b }\n', /"__proto__" cannot be used/],
  ['an infinite number', 'retries: .inf\n', /retries has to be/],
  ['NUL bytes', 'retries: 1\n\0\0\n', /line 2 holds the control character U\+0000/],
  ['bytes of an old encoding', Buffer.from('# gr\xfc\xdfe\n', 'latin1'), /line 1 holds bytes that are no UTF-8/],
  ['half a letter of UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8]), /holds bytes that are no UTF-16/],
  ['two megabytes', `# ${'x'.repeat(2_097_152)}\n`, /it has 2,049 kB, and at most 1,024 kB/],
  ['a folder', (path) => mkdir(path), /it is a folder/],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), /it is no regular file/],
  ['a device that never ends', (path) => symlink('/dev/zero', path), /it is no regular file/],
  ['a link that leads nowhere', (path) => symlink('/no/such/file', path), /it is a link that leads nowhere/],
  ['a link to itself', (path) => symlink(path, path), /it is a link that leads nowhere/],
];

/** A server that reads a configuration at each call until one is whole, and what it says of a thing there. */
async function askAbout(
  home: Home,
  path: string,
  vars: Record<string, string>,
  work: (ask: (thing: Thing) => Promise<{ failed: boolean; text: string }>) => Promise<void>,
) {
  await using client = await openLines({ home, vars }, 'legacy', 60_000);
  await work(async (thing) => {
    await put(path, thing);
    return client.call('list_models', { limit: 1 });
  });
  expect(client.stderr()).not.toContain('defect');
}

describe('a configuration', () => {
  it('that cannot be used is told in one sentence that names the file, whatever is wrong with it', async () => {
    await using home = await makeHome();
    const path = join(home.path, 'mine.yaml');
    await askAbout(home, path, { SWITCHBOARD_CONFIG: path }, async (ask) => {
      for (const [what, thing, why] of BROKEN) {
        const told = await ask(thing);
        expect({ what, ...told }).toMatchObject({ failed: true, text: expect.stringMatching(why) });
        expect(told.text.startsWith(path), told.text).toBe(true);
        expect(told.text).toMatch(/^[^\n]{1,700}$/);
      }
      expect(await ask((at) => symlink('/dev/null', at))).toMatchObject({ failed: false });
    });
  }, 60_000);

  it('of a project is told as well, and never makes a call stand still', async () => {
    await using home = await makeHome();
    const path = join(home.project, 'switchboard.yaml');
    const secret = await home.write('other.yaml', 'db_password: hunter2\nbudget: hunter2\n');
    await askAbout(home, path, {}, async (ask) => {
      for (const [what, thing] of BROKEN) {
        const told = await ask(thing);
        expect({ what, ...told }).toMatchObject({ failed: true });
        expect(told.text.startsWith(path), told.text).toBe(true);
      }
      const linked = await ask((at) => symlink(secret, at));
      expect(linked.text).toContain('it is a link to another file');
      expect(linked.text).not.toMatch(/hunter2|db_password/);
      const hidden = await ask(async (at) => {
        await writeFile(join(home.project, 'secrets.yaml'), 'db_password: hunter2\n');
        await symlink('secrets.yaml', at);
      });
      expect(hidden.text).toContain('it is a link to another file');
      expect(await ask(`# ${'x'.repeat(70_000)}\n`)).toMatchObject({
        failed: true,
        text: expect.stringContaining('at most 64 kB'),
      });
      expect(await ask('retries: 1\n')).toMatchObject({ failed: true, text: expect.stringContaining('retries may be set only') });
    });
  }, 60_000);
});
