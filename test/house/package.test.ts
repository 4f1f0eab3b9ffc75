import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeHome } from '../support/home.ts';
import { ROOT } from '../support/source.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

const manifest = z
  .looseObject({
    name: z.string(),
    license: z.string(),
    bin: z.record(z.string(), z.string()),
    engines: z.looseObject({ node: z.string() }),
    dependencies: z.record(z.string(), z.string()).default({}),
  })
  .parse(JSON.parse(read('package.json')));

const packed = z.tuple([z.looseObject({ files: z.array(z.looseObject({ path: z.string(), size: z.number() })) })]);

/** What npm would publish. Without scripts, because `prepack` would build anew what other tests are running. */
async function packedFiles(): Promise<string[]> {
  await using home = await makeHome();
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: ROOT, env: home.env() });
  return packed.parse(JSON.parse(stdout))[0].files.map(({ path }) => path);
}

const INTENDED =
  /^(?:package\.json|LICENSE|(?:README|ARCHITECTURE|CONTRIBUTING|CHANGELOG|SKILL)\.md|skills\/[\w-]+\/[\w/-]+\.md|dist\/[\w-]+\.js|dist\/THIRD-PARTY-NOTICES\.txt)$/;

describe('the package', async () => {
  const files = await packedFiles();

  it('holds what is meant to be published and nothing else', () => {
    expect(files.filter((file) => !INTENDED.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'dist/cli.js']));
  });

  it('holds what its README links to', () => {
    const linked = [...read('README.md').matchAll(/\]\(([^)#:\s]+)\)/g)].flatMap(([, target]) => target ?? []);
    expect(linked).toContain('ARCHITECTURE.md');
    expect(linked.filter((target) => !files.includes(target))).toEqual([]);
  });

  it('holds the licences of the packages that are in it', () => {
    const notices = read('dist/THIRD-PARTY-NOTICES.txt');
    const packages = ['openai', '@anthropic-ai/sdk', '@google/genai', 'zod', '@modelcontextprotocol/server', 'commander'];
    for (const name of packages) expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\S*\\nLicence: \\S+`, 'm'));
    expect(notices).toContain('Apache License');
    expect(notices).toContain('Permission is hereby granted, free of charge');
    expect(notices).not.toContain('Licence: undefined');
    expect(notices).not.toMatch(/^(?:vitest|typescript|rolldown) \d/m);
  });

  it.each(Object.entries(manifest.bin))('has %s, which runs with node', (_, file) => {
    expect(read(file)).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('is named and licensed', () => {
    expect(manifest).toMatchObject({ name: 'switchboard-mcp', license: 'MIT', engines: { node: '>=20' } });
    expect(read('LICENSE')).toMatch(/^MIT License/);
  });

  it('bundles what it uses: nothing in dist imports a package that an installation would lack', () => {
    const built = files.filter((file) => file.startsWith('dist/'));
    const bare = built.flatMap((file) =>
      Array.from(read(file).matchAll(/^import ?(?:[\w$*{}, ]+ ?from ?)?["']([^."'][^"']*)["']/gm), ([, said = '']) => said),
    );
    const strangers = bare.filter((said) => !isBuiltin(said) && !(said in manifest.dependencies));
    expect([...new Set(strangers)]).toEqual([]);
  });

  it('has a lockfile that names no registry', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
