import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { blocksOf, codesOf, commandsOf, type Document, DOCUMENTS, README, ROOT } from '../../scripts/docs/documents.ts';
import { variableNames } from '../../scripts/docs/tables.ts';
import { PROVIDERS } from '../../src/providers/index.ts';

const PATH = /^(?:\.ci|bench|dist|docs|scripts|skills|src|test)\/[\w./-]*$|^[\w-]+\.(?:md|ts|json)$|^LICENSE$/;

/** Files of hosts and of users, which are not in the repository. */
const ELSEWHERE = new Set(['config.toml', 'settings.json', 'mcp.json']);

/** Where a file is looked for that is named without its folder, because the text around it names that. */
const FOLDERS = ['', 'src', 'scripts/catalog'];

const named = (path: string): boolean =>
  (path.includes('/') ? [''] : FOLDERS).some((folder) => existsSync(join(ROOT, folder, path)));

const absentPaths = (document: Document): string[] =>
  codesOf(document).filter((code) => PATH.test(code) && !ELSEWHERE.has(code) && !named(code));

const absentLinks = ({ path, text }: Document): string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)\)/g)]
    .flatMap((match) => match[1] ?? [])
    .filter((target) => !target.includes('://') && !existsSync(join(ROOT, dirname(path), target)));

const absentAnchors = ({ text }: Document): string[] => {
  const anchors = new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
  return [...text.matchAll(/\]\(#([^)]+)\)/g)].flatMap((match) => match[1] ?? []).filter((anchor) => !anchors.has(anchor));
};

describe('What the documents name in the repository', () => {
  it.each(DOCUMENTS.map((document) => ({ document, path: document.path })))(
    '$path: every path and link exists',
    ({ document }) => {
      expect([...absentPaths(document), ...absentLinks(document), ...absentAnchors(document)]).toEqual([]);
    },
  );

  it('is checked at all', () => {
    expect(absentPaths({ path: 'README.md', text: 'see `src/nowhere.ts`, `gone.ts` and `src/<id>.ts`' })).toEqual([
      'src/nowhere.ts',
      'gone.ts',
    ]);
    expect(absentLinks({ path: 'README.md', text: '[a](GONE.md) [b](https://example.com)' })).toEqual(['GONE.md']);
    expect(absentAnchors({ path: 'README.md', text: '# Here\n[a](#here) [b](#there)' })).toEqual(['there']);
  });

  it('as scripts of npm exists in package.json, and CONTRIBUTING.md names all that a person runs', () => {
    const scripts = DOCUMENTS.flatMap((document) =>
      commandsOf(document).flatMap((command) => [...command.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1] ?? '')),
    );
    expect(scripts.filter((script) => !(script in pkg.scripts))).toEqual([]);
    const forPeople = Object.keys(pkg.scripts).filter((name) => !name.includes(':') && !['prepack', 'test'].includes(name));
    expect(forPeople.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

const help = (...verb: string[]): string =>
  execFileSync(process.execPath, [join(ROOT, 'dist', 'cli.js'), ...verb, '--help'], { encoding: 'utf8' });

/** The program's commands; `help` is commander's own. */
const verbs = [...help().matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)]
  .flatMap((match) => match[1] ?? [])
  .filter((verb) => verb !== 'help');
const flagsOf = (verb: string): Set<string> =>
  new Set([...help(verb).matchAll(/(?<=^ {2}|, )--?[a-z][\w-]*/gm)].map((match) => match[0]));
const FLAGS: ReadonlyMap<string, Set<string>> = new Map(verbs.map((verb) => [verb, flagsOf(verb)]));

/** How the program is called in the documents; a host's own command may stand before it. */
const CALL = /(?:\bswitchboard-mcp|(?<![\w/@-])switchboard|dist\/cli\.js)(?=\s|$)(?<rest>[^|;&]*)/g;

type Call = { verb: string; flags: string[] };

function callsIn(command: string): Call[] {
  return [...command.matchAll(CALL)].flatMap((match) => {
    const words = (match.groups?.['rest'] ?? '')
      .replaceAll(/"[^"]*"?/g, ' text ')
      .trim()
      .split(/\s+/);
    const [first = ''] = words;
    const verb = first === '' || first.startsWith('-') ? 'serve' : first;
    return [{ verb, flags: words.filter((word) => /^--?[a-z]/.test(word)) }];
  });
}

const isHosts = (command: string): boolean => /^(?:claude|codex|gemini|code) /.test(command);
const isPlaceholder = (verb: string): boolean => verb.startsWith('<') || verb === 'text';

/** Commands and options that the program does not have. */
const unknownCalls = (document: Document): string[] =>
  commandsOf(document)
    .filter((command) => !isHosts(command))
    .flatMap(callsIn)
    .filter(({ verb }) => !isPlaceholder(verb))
    .flatMap(({ verb, flags }) => {
      const known = FLAGS.get(verb);
      if (known === undefined) return [verb];
      return flags.filter((flag) => !known.has(flag)).map((flag) => `${verb} ${flag}`);
    });

/** Options that stand alone in backticks and belong to no command. */
const unknownFlags = (document: Document): string[] =>
  codesOf(document)
    .map((code) => /^--[a-z][\w-]*/.exec(code)?.[0])
    .filter((flag) => flag !== undefined)
    .filter((flag) => ![...FLAGS.values()].some((known) => known.has(flag)));

describe('What the documents name of the command line', () => {
  it.each(DOCUMENTS.map((document) => ({ document, path: document.path })))(
    '$path: every command and option exists',
    ({ document }) => {
      expect([...unknownCalls(document), ...unknownFlags(document)]).toEqual([]);
    },
  );

  it('is checked at all', () => {
    expect(verbs).toEqual(expect.arrayContaining(['serve', 'call', 'models']));
    const text = '`switchboard fly`, `npx -y switchboard-mcp call --loud "--not a flag"`, `--nope`, `switchboard`';
    expect(unknownCalls({ path: 'README.md', text })).toEqual(['fly', 'call --loud']);
    expect(unknownFlags({ path: 'README.md', text })).toEqual(['--nope']);
  });

  it('covers every command and every option of serve in the README', () => {
    expect(verbs.filter((verb) => !README.text.includes(`switchboard ${verb}`))).toEqual([]);
    const serve = [...(FLAGS.get('serve') ?? [])].filter((flag) => flag.startsWith('--') && flag !== '--help');
    expect(serve.filter((flag) => !README.text.includes(flag))).toEqual([]);
  });
});

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(join(ROOT, 'src', path), 'utf8'))
  .join('\n');

/** Variables that hosts and vendors' SDKs read, and we do not. */
const OF_OTHERS = ['MCP_TOOL_TIMEOUT', 'OPENAI_CUSTOM_HEADERS', 'ANTHROPIC_AUTH_TOKEN'];

const prefix = (id: string): string => id.toUpperCase().replaceAll('-', '_');

function knownVariables(): Set<string> {
  const rows = PROVIDERS.flatMap((provider) => [...variableNames(provider), `${prefix(provider.id)}_BASE_URL`]);
  const own = [...sources.matchAll(/ownSetting\([^,()]+(?:\.\w+)?, '(\w+)'\)/g)].map((match) => `SWITCHBOARD_${match[1]}`);
  const proxies = [...sources.matchAll(/'((?:HTTPS?|NO)_PROXY)'/g)].flatMap((match) => match[1] ?? []);
  return new Set([...rows, ...rows.map((name) => `SWITCHBOARD_${name}`), ...own, ...proxies, ...OF_OTHERS]);
}

const CUSTOM = /^SWITCHBOARD_CUSTOM_[A-Z0-9_]+_(?:BASE_URL|API_KEY|WIRE)$/;

/** Variables that nothing reads; those that an example's `key_env` names are the user's own. */
function unknownVariables(document: Document): string[] {
  const known = knownVariables();
  const text = [...blocksOf(document).map((block) => block.text), ...codesOf(document)].join('\n');
  const users = new Set([...text.matchAll(/key_env: \[?([A-Z][A-Z0-9_]*)/g)].map((match) => match[1]));
  const variables = [...text.matchAll(/(?<![\w<])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?!\w)/g)].map((match) => match[0]);
  return variables.filter((name) => !known.has(name) && !CUSTOM.test(name) && !users.has(name));
}

describe('The environment variables that the documents name', () => {
  it.each(DOCUMENTS.map((document) => ({ document, path: document.path })))('$path: each is read by somebody', ({ document }) => {
    expect(unknownVariables(document).filter((name) => !/^[A-Z]+_$/.test(name))).toEqual([]);
  });

  it('are checked at all', () => {
    const text = '`OPENAI_KEY`, `OPENAI_API_KEY`, `SWITCHBOARD_NOTHING`, `SWITCHBOARD_CONFIG`, `SWITCHBOARD_CUSTOM_X_WIRE`';
    expect(unknownVariables({ path: 'README.md', text })).toEqual(['OPENAI_KEY', 'SWITCHBOARD_NOTHING']);
  });

  it('include every variable of our own in the README', () => {
    const own = [...knownVariables()].filter((name) => sources.includes(`'${name.slice('SWITCHBOARD_'.length)}'`));
    const ours = own.filter(
      (name) => name.startsWith('SWITCHBOARD_') && !PROVIDERS.some((row) => variableNames(row).includes(name.slice(12))),
    );
    expect(ours.filter((name) => !README.text.includes(name))).toEqual([]);
  });
});

/** Hosts of package registries, and paths of somebody's machine. */
const UNWANTED = /registry\.[\w-]+\.\w+|\bnpmjs\.|\bunpkg\.|(?<![\w.~])\/(?:home|Users|root|work|tmp|mnt|opt|private)\/[\w-]/g;

const unwanted = ({ text }: Document): string[] => [...text.matchAll(UNWANTED)].map((match) => match[0]);

describe('What no document names', () => {
  it('is a registry’s host or a path of somebody’s machine', () => {
    expect(DOCUMENTS.flatMap(unwanted)).toEqual([]);
    const text = 'https://registry.example.org /home/me/x www.npmjs.com ~/.config/switchboard';
    expect(unwanted({ path: 'README.md', text })).toEqual(['registry.example.org', '/home/m', 'npmjs.']);
  });
});
