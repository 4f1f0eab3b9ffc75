import { describe, expect, it } from 'vitest';
import { catalogFrom } from '../../src/catalog/catalog.ts';
import { defaultModel, type Known, type KnownProvider, resolveModel } from '../../src/catalog/resolve.ts';
import { Failure, type FailureKind } from '../../src/core/errors.ts';

const catalog = catalogFrom({
  date: '2026-11-10',
  source: 'a test',
  license: 'MIT',
  providers: {
    anthropic: {
      'claude-opus-5-5': { tier: 'best' },
      'claude-sonnet-5-5': { tier: 'balanced' },
      'claude-sonnet-5': {},
    },
    openai: {
      'gpt-4': { retires: '2026-10-23' },
      'gpt-4o': {},
      'gpt-5': { retires: '2026-12-11' },
      'gpt-5-mini': {},
      'gpt-6.1-sol': { tier: 'best' },
    },
    google: { 'gemini-3.8-flash': { tier: 'balanced' }, 'gemini-3.1-pro-preview': {} },
    openrouter: {
      'openai/gpt-6.1-sol': { tier: 'best' },
      'anthropic/claude-sonnet-5.5': { tier: 'balanced' },
      'openai/gpt-5': {},
      'openrouter/auto': {},
      'meta-llama/llama-3.3-70b-instruct': {},
    },
    azure: { 'gpt-4o': {}, 'gpt-4': {} },
    groq: { 'openai/gpt-oss-120b': { tier: 'balanced' }, 'shared-8b': {} },
    cerebras: { 'gpt-oss-120b': { tier: 'best' }, 'shared-8b': {} },
  },
});

const ROWS: Omit<KnownProvider, 'ready'>[] = [
  { id: 'anthropic', aliases: ['claude'], maker: true },
  { id: 'openai', maker: true },
  { id: 'google', aliases: ['gemini'], maker: true },
  { id: 'openrouter' },
  { id: 'azure' },
  { id: 'groq' },
  { id: 'cerebras' },
  { id: 'litellm', catalog: null },
  { id: 'ollama', catalog: null, models: ['qwen2.5-coder:7b', 'GPT-4o'] },
  { id: 'custom-myollama', catalog: null },
];

/** Everything is ready unless `ready` says what is. */
function known(ready?: string[], more: Partial<Known> = {}): Known {
  return { aliases: {}, catalog, providers: ROWS.map((row) => ({ ...row, ready: ready?.includes(row.id) ?? true })), ...more };
}

/** `provider/model` of what a text means. */
function means(text: string, where: Known = known()): string {
  const { provider, model } = resolveModel(text, where);
  return `${provider} | ${model}`;
}

function failure(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

const fails = (text: string, where: Known = known()) => failure(() => resolveModel(text, where));

describe('provider/model', () => {
  it.each([
    ['anthropic/claude-opus-5-5', 'anthropic | claude-opus-5-5'],
    ['gemini/gemini-2.5-pro', 'google | gemini-2.5-pro'],
    ['OpenAI/GPT-4o', 'openai | gpt-4o'],
    ['  openai/gpt-4o\n', 'openai | gpt-4o'],
    ['openai/GPT-9-Turbo', 'openai | GPT-9-Turbo'],
    ['azure/My-Deployment', 'azure | My-Deployment'],
    ['litellm/anthropic/x', 'litellm | anthropic/x'],
    ['custom-myollama/llama3.3', 'custom-myollama | llama3.3'],
    ['openrouter/meta-llama/llama-3.3-70b-instruct:free', 'openrouter | meta-llama/llama-3.3-70b-instruct:free'],
    ['openrouter/auto', 'openrouter | openrouter/auto'],
    ['groq:openai/gpt-oss-120b', 'groq | openai/gpt-oss-120b'],
    ['openai:gpt-4o', 'openai | gpt-4o'],
    ['ollama/qwen2.5-coder:7b', 'ollama | qwen2.5-coder:7b'],
  ])('%s is %s', (text, expected) => {
    expect(means(text)).toBe(expected);
  });

  it('means the provider that it names, ready or not, and says nothing of why', () => {
    expect(resolveModel('openai/gpt-4o', known(['anthropic']))).toEqual({ provider: 'openai', model: 'gpt-4o' });
  });

  it('goes before a host’s id of the same spelling', () => {
    expect(means('openai/gpt-5', known(['openrouter']))).toBe('openai | gpt-5');
  });

  it.each(['openai/', 'openai:'])('asks for the model after %s', (text) => {
    expect(fails(text)).toMatchObject({ kind: 'input', message: `"${text}" names no model: write openai/<model>.` });
  });
});

describe('a bare name', () => {
  it('means its maker’s own API before a host, whatever the order, and says so', () => {
    const providers = known(['azure', 'openai']).providers.toReversed();
    expect(resolveModel('gpt-4o', known([], { providers }))).toEqual({
      provider: 'openai',
      model: 'gpt-4o',
      why: 'its maker’s own API; azure would serve it too',
    });
  });

  it('means the first in order of hosts that offer it', () => {
    expect(resolveModel('shared-8b', known())).toEqual({
      provider: 'groq',
      model: 'shared-8b',
      why: 'the first in order; cerebras would serve it too',
    });
  });

  it('counts only what is ready', () => {
    expect(means('gpt-4o', known(['azure']))).toBe('azure | gpt-4o');
    expect(resolveModel('gpt-4o', known(['azure']))).not.toHaveProperty('why');
  });

  it('means its maker all the same when nobody who knows it is ready', () => {
    expect(means('gpt-4o', known(['anthropic']))).toBe('openai | gpt-4o');
  });

  it('may have a vendor before a slash that is no provider', () => {
    expect(means('meta-llama/llama-3.3-70b-instruct')).toBe('openrouter | meta-llama/llama-3.3-70b-instruct');
    expect(means('Meta-Llama/Llama-3.3-70B-Instruct')).toBe('openrouter | meta-llama/llama-3.3-70b-instruct');
  });

  it('may have a colon when nothing before it is a provider', () => {
    expect(means('qwen2.5-coder:7b')).toBe('ollama | qwen2.5-coder:7b');
    expect(fails('qwen2.5-coder:32b').kind).toBe('not_found');
  });

  it('may be a dated release', () => {
    expect(means('claude-sonnet-5-5-20260901')).toBe('anthropic | claude-sonnet-5-5-20260901');
  });
});

describe('a provider’s name alone', () => {
  it('means its everyday model', () => {
    expect(means('claude')).toBe('anthropic | claude-sonnet-5-5');
    expect(means('Gemini')).toBe('google | gemini-3.8-flash');
  });

  it('means its best where the line has no middle', () => {
    expect(means('openai')).toBe('openai | gpt-6.1-sol');
  });

  it('means the default_model that the user set', () => {
    const providers = [{ id: 'openai', maker: true, ready: true, defaultModel: 'gpt-5-mini' }];
    expect(resolveModel('openai', known([], { providers }))).toEqual({
      provider: 'openai',
      model: 'gpt-5-mini',
      why: 'the default_model of openai',
    });
  });

  it('is not enough where nothing is the default', () => {
    expect(fails('azure')).toMatchObject({ kind: 'input', message: expect.stringContaining('azure/<model>') });
    expect(fails('ollama').kind).toBe('input');
  });
});

describe('an alias', () => {
  const aliases = {
    fast: 'groq/openai/gpt-oss-120b',
    deep: 'claude',
    'gpt-4o': 'azure/mine',
    two: 'fast',
    a: 'b',
    b: 'a',
    me: 'me',
    lost: 'gpt5x',
    blank: ' ',
  };
  const where = known(undefined, { aliases });

  it('goes before everything else', () => {
    expect(resolveModel('gpt-4o', where)).toEqual({ provider: 'azure', model: 'mine', why: 'the alias "gpt-4o"' });
  });

  it('may mean anything that a model string may, or another alias', () => {
    expect(means('fast', where)).toBe('groq | openai/gpt-oss-120b');
    expect(means('deep', where)).toBe('anthropic | claude-sonnet-5-5');
    expect(means('two', where)).toBe('groq | openai/gpt-oss-120b');
  });

  it('is exact', () => {
    expect(fails('Fast', where).kind).toBe('not_found');
    expect(fails('toString', where).kind).toBe('not_found');
  });

  it('that leads back to itself is a mistake in the config', () => {
    expect(fails('a', where)).toMatchObject({ kind: 'config', message: expect.stringContaining('a → b → a') });
    expect(fails('me', where).kind).toBe('config');
  });

  it('of nothing known is named in the complaint', () => {
    expect(fails('lost', where)).toMatchObject({
      kind: 'not_found',
      message: expect.stringContaining('The alias "lost" means "gpt5x". No model "gpt5x" is known.'),
    });
    expect(fails('blank', where).kind).not.toBe('config');
  });
});

describe('an unknown name', () => {
  it('is answered with the nearest ones, each model once and the retired ones never', () => {
    const { kind, message } = fails('gpt5');
    expect(kind).toBe('not_found');
    expect(message).toBe('No model "gpt5" is known. Nearest: openai/gpt-5, openai/gpt-5-mini, azure/gpt-4.');
  });

  it('suggests what can be called before what cannot', () => {
    expect(fails('gpt5', known(['openrouter'])).message).toContain('Nearest: openrouter/openai/gpt-5,');
  });

  it.each([
    ['opnai/gpt-5', 'openai/gpt-5'],
    ['gemni/gemini-3.8-flash', 'google/gemini-3.8-flash'],
    ['meta-llama/llama-3.3-70b-instrukt', 'openrouter/meta-llama/llama-3.3-70b-instruct'],
    ['claude-sonnet-5.5', 'anthropic/claude-sonnet-5-5'],
    ['sonnet', 'anthropic/claude-sonnet-5-5'],
    ['gemini-3-pro', 'google/gemini-3.1-pro-preview'],
    ['antropic', 'anthropic'],
  ])('%s is nearest to %s', (text, expected) => {
    expect(fails(text).message).toMatch(new RegExp(`Nearest: ${expected}[,.]`));
  });

  it('suggests the user’s aliases too', () => {
    expect(fails('reviewr', known(undefined, { aliases: { reviewer: 'claude' } })).message).toContain('Nearest: reviewer.');
  });

  it('suggests nothing where nothing is near', () => {
    expect(fails('zzzzzzzzzzzz').message).toBe('No model "zzzzzzzzzzzz" is known.');
  });

  it('is shown on one line and cut', () => {
    const { message } = fails(`x\n\u0007${'y'.repeat(200)}`);
    expect(message).toMatch(/^No model "x y+…" is known\.$/);
    expect(message.length).toBeLessThan(120);
  });

  it.each<[string, FailureKind]>([
    ['', 'input'],
    ['  \t', 'input'],
    ['m'.repeat(301), 'input'],
    ['/gpt-4o', 'not_found'],
    [':x', 'not_found'],
  ])('is refused when it is no name at all (%j)', (text, kind) => {
    expect(fails(text).kind).toBe(kind);
  });
});

describe('when no model is named', () => {
  const chosen = (ready: string[], host?: string) => {
    const { provider, model } = defaultModel(known(ready), host);
    return `${provider} | ${model}`;
  };

  it('is the best of the first maker that is not the host’s own', () => {
    expect(chosen(['anthropic', 'openai'])).toBe('anthropic | claude-opus-5-5');
    expect(chosen(['anthropic', 'openai', 'openrouter'], 'anthropic')).toBe('openai | gpt-6.1-sol');
  });

  it('is a host’s model before the host agent’s own maker, of another family where there is one', () => {
    expect(chosen(['anthropic', 'openrouter'], 'anthropic')).toBe('openrouter | openai/gpt-6.1-sol');
    expect(chosen(['openai', 'openrouter'], 'openai')).toBe('openrouter | anthropic/claude-sonnet-5.5');
    expect(chosen(['groq'], 'openai')).toBe('groq | openai/gpt-oss-120b');
  });

  it('is the host’s own maker when there is nothing else', () => {
    expect(chosen(['anthropic'], 'anthropic')).toBe('anthropic | claude-opus-5-5');
    expect(chosen(['anthropic', 'azure', 'litellm'], 'anthropic')).toBe('anthropic | claude-opus-5-5');
  });

  it('is what the user set for that provider', () => {
    const providers = [{ id: 'custom-x', catalog: null, ready: true, defaultModel: 'mine' }];
    expect(defaultModel(known([], { providers }))).toEqual({
      provider: 'custom-x',
      model: 'mine',
      why: 'no model was named; the default_model of custom-x',
    });
  });

  it('is a mistake in the config when there is none to choose', () => {
    expect(failure(() => defaultModel(known([])))).toMatchObject({
      kind: 'config',
      message: 'No provider is configured; list_models shows which variables enable them.',
    });
    expect(failure(() => defaultModel(known(['azure', 'litellm']))).message).toContain('azure and litellm have none by default');
  });
});

describe('a day on which the catalogue is old', () => {
  const late = (ready?: string[]) => known(ready, { today: '2027-12-15' });

  it('is told with what the catalogue chose, and with nothing that was named', () => {
    expect(defaultModel(late(['openai'])).why).toBe(
      'no model was named; the best choice at openai; the catalogue is 400 days old',
    );
    expect(resolveModel('claude', late()).why).toBe('the everyday model of anthropic; the catalogue is 400 days old');
    expect(resolveModel('openai/gpt-4o', late())).not.toHaveProperty('why');
  });

  it('is told of a name that is not known, which may be of a newer model', () => {
    expect(fails('zzzzzzzzzzzz', late()).message).toBe(
      'No model "zzzzzzzzzzzz" is known. The catalogue is 400 days old: a newer model is called by its whole name, provider/model.',
    );
  });

  it('chooses no model that is retired by then, unless all are', () => {
    const retires = '2027-02-01';
    const of = (balanced: object) =>
      known(['maker'], {
        today: retires,
        catalog: catalogFrom({
          date: '2026-11-10',
          source: 'a test',
          license: 'MIT',
          providers: { maker: { big: { tier: 'best', retires }, middle: { tier: 'balanced', ...balanced } } },
        }),
        providers: [{ id: 'maker', maker: true, ready: true }],
      });
    expect(defaultModel(of({})).model).toBe('middle');
    expect(resolveModel('maker', of({})).model).toBe('middle');
    expect(defaultModel(of({ retires: '2026-12-01' })).model).toBe('big');
  });
});
