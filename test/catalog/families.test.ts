import { describe, expect, it } from 'vitest';
import { catalogFrom, loadCatalog } from '../../src/catalog/catalog.ts';
import type { Known } from '../../src/catalog/known.ts';
import { resolveModel } from '../../src/catalog/resolve.ts';
import { defined } from '../../src/core/defined.ts';
import { PROVIDERS } from '../../src/providers/index.ts';

/** Enough ids for words to be names: a family has five at least. */
const ids = (...names: string[]) => Object.fromEntries(names.map((name) => [name, {}]));

const catalog = catalogFrom({
  date: '2026-11-10',
  source: 'a test',
  license: 'MIT',
  providers: {
    anthropic: {
      ...ids(
        'claude-opus-4-5',
        'claude-opus-4-5-20251101',
        'claude-opus-5',
        'claude-haiku-4-5',
        'claude-haiku-4-6',
        'claude-haiku-4-7',
        'claude-haiku-5',
        'claude-sonnet-5',
      ),
      'claude-opus-5-5': { tier: 'best' },
      'claude-opus-6': { retires: '2026-11-01' },
      'claude-sonnet-5-5': { tier: 'balanced' },
    },
    google: {
      ...ids('gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-3.1-pro-preview', 'gemini-3.1-pro-preview-tools', 'gemini-pro-latest'),
      'gemini-3.8-flash': { tier: 'balanced' },
      'gemini-3.9-flash-lite': { tier: 'fast' },
    },
    openrouter: ids(
      'anthropic/claude-opus-5.5',
      'anthropic/claude-sonnet-5.5',
      'anthropic/claude-opus-5.5-fast',
      'google/gemini-3.8-flash',
      'meta-llama/llama-3.3-70b-instruct',
      'meta-llama/llama-4-maverick',
      'meta-llama/llama-guard-4-12b',
      'meta-llama/llama-3.1-8b-instruct',
      'anthropic/claude-haiku-5',
      'x/claude-opus-1',
    ),
    groq: ids('llama-3.3-70b-versatile', 'llama-3.1-8b-instant'),
  },
});

const known = (...ready: string[]): Known => ({
  aliases: {},
  catalog,
  providers: [
    { id: 'anthropic', aliases: ['claude'], maker: true, ready: ready.includes('anthropic') },
    { id: 'google', aliases: ['gemini'], maker: true, ready: ready.includes('google') },
    { id: 'openrouter', ready: ready.includes('openrouter') },
    { id: 'groq', ready: ready.includes('groq') },
    { id: 'huggingface', ready: false, byNameOnly: true },
  ],
});

const means = (name: string, ...ready: string[]): string => {
  const { provider, model } = resolveModel(name, known(...ready));
  return `${provider}/${model}`;
};

describe('a family’s name', () => {
  it.each([
    ['opus', ['anthropic', 'openrouter'], 'anthropic/claude-opus-5-5'],
    ['Opus', ['anthropic'], 'anthropic/claude-opus-5-5'],
    ['claude opus', ['anthropic'], 'anthropic/claude-opus-5-5'],
    ['opus', ['openrouter'], 'openrouter/anthropic/claude-opus-5.5'],
    ['haiku', ['anthropic'], 'anthropic/claude-haiku-5'],
    ['gemini-flash', ['google'], 'google/gemini-3.8-flash'],
    ['gemini-pro', ['google'], 'google/gemini-3.1-pro-preview'],
    ['gemini_flash_lite', ['google'], 'google/gemini-3.9-flash-lite'],
    ['llama', ['groq'], 'groq/llama-3.3-70b-versatile'],
    ['llama', ['groq', 'openrouter'], 'openrouter/meta-llama/llama-4-maverick'],
    // The everyday model of the maker whose name it is as well, where another provider serves it.
    ['claude', ['openrouter'], 'openrouter/anthropic/claude-sonnet-5.5'],
    ['gemini', ['openrouter'], 'openrouter/google/gemini-3.8-flash'],
    ['claude', ['anthropic'], 'anthropic/claude-sonnet-5-5'],
    // Nobody is set up: who makes it can name the variable that is missing.
    ['opus', [], 'anthropic/claude-opus-5-5'],
    ['claude', ['groq'], 'anthropic/claude-sonnet-5-5'],
  ])('%s means, with %j set up, %s', (name, ready, ref) => {
    expect(means(name, ...ready)).toBe(ref);
  });

  it('is told in the answer', () => {
    expect(resolveModel('opus', known('anthropic')).why).toBe('the current opus model that is set up');
  });

  it.each(['pro', 'flash', 'fast', 'latest', 'instruct', 'preview', 'anthropic-x', 'opus-4', 'gemini-max'])(
    'is not %s',
    (name) => {
      expect(() => means(name, 'anthropic', 'google', 'openrouter', 'groq')).toThrow(`No model "${name}" is known`);
    },
  );

  it('leaves a maker alone that is named by its own name', () => {
    expect(means('anthropic', 'openrouter')).toBe('anthropic/claude-sonnet-5-5');
  });
});

describe('a provider that is misspelled', () => {
  it.each([
    ['groqq/foo', 'groq/foo'],
    ['openruoter/anything/else', 'openrouter/anything/else'],
    ['antropic/zzz-1', 'anthropic/zzz-1'],
  ])('%s gets the nearest one', (name, near) => {
    expect(() => means(name, 'groq')).toThrow(`Nearest: ${near}.`);
  });

  it('gets none where none is near', () => {
    expect(() => means('qqqqqq/foo', 'groq')).toThrow(/is known\.$/);
  });
});

describe('with the catalogue of this package', () => {
  it.each([
    'opus',
    'sonnet',
    'haiku',
    'gemini-pro',
    'gemini-flash',
    'llama',
    'qwen',
    'deepseek',
    'mistral',
    'grok',
    'kimi',
    'glm',
    'gpt',
    'claude',
  ])('%s means something at a host of all makers', async (name) => {
    const providers = PROVIDERS.map(({ id, catalog: key, aliases, maker }) => ({
      id,
      ready: id === 'openrouter',
      ...defined({ catalog: key, aliases, maker }),
    }));
    const all: Known = { aliases: {}, catalog: await loadCatalog(), providers };
    const { model } = resolveModel(name, all);
    for (const word of name.split('-')) expect(model).toContain(word);
  });
});
