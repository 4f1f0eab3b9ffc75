import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/engine.ts';
import { configured, refusal, setup } from './configured.ts';

describe('several sources', () => {
  it('are joined value by value: the environment before the user’s file before the project’s', () => {
    const user = 'default_model: a/user\naliases: { one: a/user, two: a/user }\n';
    const project = 'default_model: a/project\naliases: { two: a/project }\n';
    expect(configured({ user, project })).toMatchObject({ defaultModel: 'a/user', aliases: { one: 'a/user', two: 'a/user' } });
    expect(configured({ project })).toMatchObject({ defaultModel: 'a/project', projectFile: { aliases: { two: 'a/project' } } });
    expect(configured({ user, project, env: { SWITCHBOARD_DEFAULT_MODEL: 'a/env' } }).defaultModel).toBe('a/env');
    expect(configured({ user }).defaultModel).toBe('a/user');
    expect(configured().defaultModel).toBeUndefined();
  });

  it('leave alone what the higher one does not mention', () => {
    const user = 'timeouts: { total_s: 60, idle_ms: 1000 }\nhttp: { port: 9999 }\n';
    const named = 'timeouts: { total_s: 5 }\n';
    expect(configured({ user, named })).toMatchObject({ timeouts: { totalMs: 5000, idleMs: 1000 }, http: { port: 9999 } });
  });

  it.each([
    ['http: { port: 9999 }', 'http: { host: "::1" }', { http: { port: 9999, host: '::1' } }],
    ['threads: { keep_days: 1 }', 'threads: { max_turns: 7 }', { threads: { keepMs: 86_400_000, maxTurns: 7 } }],
    ['files: { max_mb: 1 }', 'files: { on_secret: refuse }', { files: { maxBytes: 1_048_576, onSecret: 'refuse' } }],
    ['models: { allow: ["a*"] }', 'models: { deny: ["*b"] }', { models: { allow: ['a*'], deny: ['*b'] } }],
    ['cache: { enabled: true }', 'cache: { ttl_s: 1 }', { cache: { ttlMs: 1000 } }],
    ['fallbacks: { refused: [a] }', 'fallbacks: { default: [b] }', { fallbacks: { refused: ['a'], default: ['b'] } }],
    ['hosts: { a: { result_chars: 1000 } }', 'hosts: { b: {} }', { hosts: { a: { resultChars: 1000 }, b: {} } }],
    ['tasks: { x: { about: y } }', 'tasks: { x: { models: [a] } }', { tasks: { x: { about: 'y', models: ['a'] } } }],
    ['agents: { x: { model: a } }', 'agents: { x: { system: s } }', { agents: { x: { model: 'a', system: 's' } } }],
  ])('keep what each of two files says of one table: %s and %s', (user, named, both) => {
    expect(configured({ user, named })).toMatchObject(both);
  });

  it('never make one price of two', () => {
    const user = 'pricing: { "groq/b": { input_usd_per_mtok: 1, output_usd_per_mtok: 2, cache_read_usd_per_mtok: 0.1 } }';
    const named = 'pricing: { "groq/b": { input_usd_per_mtok: 3, output_usd_per_mtok: 4 } }';
    expect(configured({ user, named }).pricing).toEqual([{ pattern: 'groq/b', rates: { input: 3, output: 4 } }]);
  });

  it('keep the settings of a provider that the higher one says something else about', () => {
    const user = 'providers: { openai: { key_env: WORK_KEY } }\n';
    const named = 'providers: { openai: { default_model: gpt-x } }\n';
    const { key, defaultModel } = setup({ user, named, env: { WORK_KEY: 'sk-1' } }, 'openai');
    expect({ from: key?.from, defaultModel }).toEqual({ from: 'WORK_KEY', defaultModel: 'gpt-x' });
  });
});

describe('a file that came with a project', () => {
  it.each([
    'providers: { openai: { base_url: "https://evil.example" } }',
    'providers: { custom-x: { base_url: "https://evil.example" } }',
    'http: { allowed_hosts: ["evil.example"] }',
    'timeouts: { total_s: 1 }',
  ])('may not say %s', (project) => {
    const key = project.split(':')[0];
    expect(refusal({ project })).toMatchObject({
      kind: 'config',
      message: expect.stringMatching(
        `^switchboard\\.yaml line 1: ${key} may be set only in your own config, because .* --config$`,
      ),
    });
    expect(() => configured({ named: project })).not.toThrow();
  });

  it('may set aliases, tasks and a default', () => {
    const project = 'aliases: { quick: openai/x }\ntasks: { code: { models: [quick] } }\ndefault_model: quick\n';
    expect(() => configured({ project })).not.toThrow();
  });

  it.each(['gpt-6.1-sol', 'openai', 'gemini'])('may not give %s another meaning', async (alias) => {
    const text = `aliases: { ${alias}: openrouter/anything }`;
    const engine = (sources: Parameters<typeof configured>[0]) => createEngine(configured(sources));
    await expect(engine({ project: text }).resolve(alias)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining(
        `switchboard.yaml line 1: aliases.${alias}: "${alias}" is the name of a model or provider`,
      ),
    });
    await expect(engine({ user: text }).resolve(alias)).resolves.toMatchObject({
      provider: 'openrouter',
      model: 'openrouter/anything',
    });
  });
});

describe('a file that is wrong', () => {
  it.each([
    {
      text: 'aliases:\n  a: b\n  c: [d\n',
      says: /^mine\.yaml: line [34] is not valid YAML \(.+\); correct it or remove the file$/,
    },
    { text: 'a: 1\na: 2\n', says: /^mine\.yaml: line 2 is not valid YAML/ },
    { text: 'alaises: {}\n', says: /^mine\.yaml line 1: the key "alaises" is not known; did you mean "aliases"\?$/ },
    { text: '\nzzzzzzzz: {}\n', says: /^mine\.yaml line 2: the key "zzzzzzzz" is not known; known are .*aliases/ },
    { text: 'http: { prot: 1 }\n', says: /^mine\.yaml line 1: the key "prot" in http is not known; did you mean "port"\?$/ },
    {
      text: 'providers: { openai: { base_ulr: x } }\n',
      says: /the key "base_ulr" in providers\.openai is not known; did you mean "base_url"\?$/,
    },
    { text: 'http: { port: many }\n', says: /^mine\.yaml line 1: http\.port has to be a number$/ },
    { text: 'default_model: [a]\n', says: /^mine\.yaml line 1: default_model has to be a string$/ },
    { text: 'aliases: { a/b: openai/x }\n', says: /^mine\.yaml line 1: aliases\.a\/b: an alias holds no "\/" or ":"$/ },
    { text: 'just a text\n', says: /^mine\.yaml: the file has to be a table of keys$/ },
    { text: '- a\n- list\n', says: /^mine\.yaml: the file has to be a table of keys$/ },
    { text: 'providers: { opnai: {} }\n', says: /"opnai" is not a provider \(did you mean "openai"\?\)/ },
    {
      text: 'providers:\n  ollama:\n    wire: smtp\n',
      says: /^mine\.yaml line 3: providers\.ollama\.wire has to be one of openai-chat, /,
    },
    { text: 'providers: { openai: { key_env: 7 } }\n', says: /line 1: providers\.openai\.key_env has to be a string or a list$/ },
    { text: 'cache: { enabled: yes }\n', says: /line 1: cache\.enabled has to be true or false$/ },
    { text: 'retries: -1\n', says: /line 1: retries has to be at least 0$/ },
    { text: 'pricing:\n  a/b:\n    output_usd_per_mtok: 1\n', says: /line 2: pricing\.a\/b\.input_usd_per_mtok is missing$/ },
    { text: 'base: &b { models: [] }\ntasks: { code: *b }\n', says: /line 1: the key "base" is not known/ },
  ])('is refused by what is wrong with it: $text', ({ text, says }) => {
    const failure = refusal({ named: text });
    expect(failure.kind).toBe('config');
    expect(failure.message).toMatch(says);
    expect(failure.message).not.toContain('\n');
  });

  it('says which file an unknown provider stands in', () => {
    expect(refusal({ named: 'providers: { opnai: {} }\n' }).message).toMatch(/^mine\.yaml line 1: /);
  });

  it.each(['', '\n', '# nothing yet\n', '---\n'])('is not one that is empty: %j', (text) => {
    expect(() => configured({ named: text })).not.toThrow();
  });
});

describe('a secret', () => {
  it('is not printed in any form of a config', () => {
    const config = configured({ env: { OPENAI_API_KEY: 'sk-very-secret', SWITCHBOARD_CUSTOM_X_API_KEY: 'sk-very-secret' } });
    const keys = config.providers.flatMap(({ key }) => (key === undefined ? [] : [key.secret]));
    expect(keys).toHaveLength(2);
    const forms = [
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      inspect(config, { depth: null, showHidden: true, customInspect: false }),
      ...keys.flatMap((secret) => [String(secret), JSON.stringify(secret), Object.entries(secret).join(), inspect([secret])]),
    ];
    for (const form of forms) expect(form).not.toContain('sk-very-secret');
    expect(`${keys[0]?.toString()}`).toBe('[redacted]');
  });
});
