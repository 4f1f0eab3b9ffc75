import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { blocksOf, DOCUMENTS, README, SKILLS } from '../../scripts/docs/documents.ts';
import { parseConfigFile } from '../../src/config/file.ts';
import { keysAt, TRUSTED_KEYS } from '../../src/config/schema.ts';

const blocks = DOCUMENTS.flatMap(blocksOf);
const inLanguage = (language: string) => blocks.filter((block) => block.language === language);

/** TOML as far as hosts' settings need it, where every value is JSON too: `[table]` and `key = value`, line by line. */
function parsePlainToml(text: string): Record<string, Record<string, unknown>> {
  const tables: Record<string, Record<string, unknown>> = {};
  let table: Record<string, unknown> = {};
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const head = /^\[([\w.-]+)\]$/.exec(line)?.[1];
    const [, key, value] = /^([\w-]+) = (.+)$/.exec(line) ?? [];
    if (head !== undefined) table = tables[head] = {};
    else if (key !== undefined && value !== undefined && !(key in table)) table[key] = JSON.parse(value);
    else throw new Error(`not TOML: ${line}`);
  }
  return tables;
}

describe('The blocks of the documents', () => {
  it('have a language that is checked or is none', () => {
    expect([...new Set(blocks.map(({ language }) => language))].toSorted()).toEqual(['json', 'sh', 'text', 'toml', 'yaml']);
  });

  it('in JSON parse, and start switchboard where they start a server', () => {
    const settings = inLanguage('json');
    expect(settings.length).toBeGreaterThan(4);
    for (const { path, line, text } of settings) {
      const value: unknown = JSON.parse(text);
      expect(value, `${path}:${line}`).toMatchObject({
        [text.includes('"servers"') ? 'servers' : 'mcpServers']: {
          switchboard: {
            command: expect.stringMatching(/^(?:npx|cmd)$/),
            args: expect.arrayContaining(['-y', 'switchboard-mcp']),
          },
        },
      });
    }
  });

  it('in TOML parse, and are Codex’s table for a server', () => {
    const settings = inLanguage('toml');
    expect(settings.length).toBeGreaterThan(0);
    for (const { path, line, text } of settings) {
      expect(parsePlainToml(text), `${path}:${line}`).toMatchObject({
        'mcp_servers.switchboard': { args: expect.arrayContaining(['switchboard-mcp']), env_vars: expect.any(Array) },
      });
    }
    expect(() => parsePlainToml('[a]\nb = ["c"')).toThrow('JSON');
  });

  it('in YAML are configurations that the program takes, and between them show every key', () => {
    const examples = inLanguage('yaml');
    const shown = examples.flatMap(({ path, line, text }) =>
      Object.keys(parseConfigFile({ path: `${path}:${line}`, text, trusted: true }).values),
    );
    expect(new Set(shown)).toEqual(new Set(keysAt([])));
  });

  it('say of a project’s file what it may set: the keys that are not reserved for the user’s own', () => {
    const safe = keysAt([])
      .filter((key) => !TRUSTED_KEYS.includes(key))
      .map((key) => `\`${key}\``);
    expect(README.text).toContain(`it may set ${safe.slice(0, -1).join(', ')} and ${safe.at(-1)} only`);
  });

  it('at the head of a skill parse', () => {
    for (const { path, text } of SKILLS) {
      const head = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '';
      expect({ path, ...parseYaml(head) }).toMatchObject({ path, name: expect.any(String), description: expect.any(String) });
    }
  });
});
