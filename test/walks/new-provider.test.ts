import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openaiChat } from '../support/dialects/openai-chat.ts';
import { type Home, makeHome } from '../support/home.ts';
import { run } from '../support/process.ts';
import { answer } from '../support/reply.ts';
import { ROOT } from '../support/source.ts';
import { startVendor, type Vendor } from '../support/vendor.ts';

const ROW = `import type { Provider } from './define.ts';

export const acme: Provider = {
  id: 'acme',
  aliases: ['ac'],
  title: 'Acme Models',
  docs: 'https://docs.acme.example',
  keyEnv: ['ACME_API_KEY'],
  auth: 'bearer',
  baseUrl: 'https://api.acme.example/v1',
  wire: 'openai-chat',
};
`;

/** The program built from the sources of today and the row. */
async function buildWithRow(home: Home): Promise<string> {
  const copy = join(home.path, 'copy');
  await mkdir(copy);
  await Promise.all([
    cp(join(ROOT, 'src'), join(copy, 'src'), { recursive: true }),
    ...['package.json', 'vitest.verify.config.ts'].map((file) => cp(join(ROOT, file), join(copy, file))),
    ...['contract', 'support', 'auth'].map((folder) =>
      cp(join(ROOT, 'test', folder), join(copy, 'test', folder), { recursive: true }),
    ),
    symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules')),
  ]);
  const providers = join(copy, 'src/providers');
  const list = await readFile(join(providers, 'index.ts'), 'utf8');
  const longer = list.replace(/^/, "import { acme } from './acme.ts';\n").replace(/\n\];/, '\n  acme,\n];');
  await Promise.all([writeFile(join(providers, 'acme.ts'), ROW), writeFile(join(providers, 'index.ts'), longer)]);
  await using bundle = await rolldown({ input: { cli: join(copy, 'src/cli.ts') }, platform: 'node', cwd: copy });
  await bundle.write({ dir: join(copy, 'dist'), format: 'esm' });
  return join(copy, 'dist/cli.js');
}

describe('a new provider that is one row and a place in the list', () => {
  let home: Home;
  let cli: string;
  let vendor: Vendor;

  beforeAll(async () => {
    [home, vendor] = await Promise.all([makeHome(), startVendor(openaiChat())]);
    cli = await buildWithRow(home);
    vendor.always(answer());
  });
  afterAll(async () => {
    await vendor.close();
    await home[Symbol.asyncDispose]();
  });

  const vars = () => ({ ACME_API_KEY: 'the-key-of-acme', ACME_BASE_URL: `${vendor.url}/v1` });

  it('is called, with its own key, at its own address', async () => {
    const ended = await run({ cli, home, vars: vars(), args: ['call', '-m', 'ac/acme-1', 'Hi'] });
    expect(ended).toMatchObject({ code: 0, stdout: 'Hello\n', stderr: expect.stringContaining('acme/sim-1') });
    expect(vendor.requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer the-key-of-acme' },
      body: { model: 'acme-1' },
    });
  });

  it('asks for its key', async () => {
    const [called, listed] = await Promise.all([
      run({ cli, home, args: ['call', '-m', 'acme/acme-1', 'Hi'] }),
      run({ cli, home, args: ['models', '--provider', 'acme'] }),
    ]);
    expect(called).toMatchObject({ code: 3, stderr: expect.stringContaining('Acme Models is not set up: set ACME_API_KEY') });
    expect(listed.stdout).toContain('Acme Models is not set up: set ACME_API_KEY in the environment.');
  });

  it('is shown as one that can be called, although no catalogue knows its models', async () => {
    const listed = await run({ cli, home, vars: vars(), args: ['models'] });
    expect(listed.stdout).toMatch(/passed on as it is to .*\bacme\/<model>/);
  });

  it('passes the contract suite as it stands', async () => {
    const copy = join(home.path, 'copy');
    const suites = ['answers', 'errors', 'streams', 'time'].map((suite) => `test/contract/${suite}.test.ts`);
    const config = ['--config', 'vitest.verify.config.ts', '--project', 'contract'];
    const args = ['run', ...config, ...suites, '-t', 'acme', '--reporter=json', '--root', copy];
    const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: copy,
    });
    const report: unknown = JSON.parse(stdout.slice(stdout.indexOf('{')));
    expect(report).toMatchObject({ success: true, numFailedTests: 0 });
    expect(report).toHaveProperty('numPassedTests');
    const passed =
      typeof report === 'object' && report !== null && 'numPassedTests' in report ? Number(report.numPassedTests) : 0;
    expect(passed).toBeGreaterThan(40);
  }, 60_000);
});
