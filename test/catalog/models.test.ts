import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, isRetired, loadCatalog } from '../../src/catalog/catalog.ts';
import { EFFORTS } from '../../src/core/chat.ts';
import { TIERS } from '../../src/core/model.ts';
import { PROVIDERS } from '../../src/providers/index.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadCatalog();
});

/** Every provider of which the catalogue speaks. */
const KEYS = `
  anthropic azure bedrock cerebras cloudflare deepseek fireworks google groq huggingface minimax
  mistral moonshot nvidia openai openrouter together vercel vertex xai zai
`
  .trim()
  .split(/\s+/);
const everyModel = () => KEYS.flatMap((key) => catalog.models(key).map((model) => ({ key, ...model })));
const takes = (key: string, model: string) => Object.keys(catalog.facts(key, model).efforts ?? {}).join(' ');

describe('the file', () => {
  it('is dated and has models for every provider that it names', () => {
    expect(catalog.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const key of KEYS) expect(catalog.models(key), key).not.toHaveLength(0);
  });

  it('describes every provider whose row does not say otherwise', () => {
    const undescribed = PROVIDERS.filter((row) => row.catalog !== null && catalog.models(row.catalog ?? row.id).length === 0);
    expect(undescribed.map(({ id }) => id)).toEqual([]);
  });

  it('holds only efforts, inputs, prices and dates that we have words for', () => {
    const inputs = new Set(['image', 'pdf', 'audio', 'video']);
    for (const { key, id, efforts = {}, input = [], context, maxOutput, temperature, retires, rates } of everyModel()) {
      const name = `${key}/${id}`;
      for (const [effort, sent] of Object.entries(efforts)) {
        expect(EFFORTS, name).toContain(effort);
        expect(typeof sent === 'number' ? sent >= 0 : sent.length > 0, name).toBe(true);
      }
      expect(
        input.every((kind) => inputs.has(kind)),
        name,
      ).toBe(true);
      expect([undefined, 'no', 'at-none'], name).toContain(temperature);
      expect((context ?? 0) > 0 && (maxOutput ?? 0) > 0, name).toBe(true);
      if (retires !== undefined) expect(retires, name).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (rates) expect(rates.input >= 0 && rates.output >= 0, name).toBe(true);
    }
  });

  it('leaves a price out rather than calling it 0, except where the name says free', () => {
    const free = everyModel().filter(({ rates }) => rates?.input === 0 && rates.output === 0);
    expect(free.filter(({ id }) => !/[:-]free$/.test(id))).toEqual([]);
    expect(free).not.toHaveLength(0);
    expect(catalog.facts('nvidia', 'openai/gpt-oss-20b').rates).toBeUndefined();
  });

  it('leaves out what cannot be asked in text', () => {
    const odd = everyModel().filter(({ id }) => /[:-]batch$|deep-research|computer-use|nano-banana|gpt-audio/.test(id));
    expect(odd.map(({ id }) => id)).toEqual([]);
  });
});

describe('efforts', () => {
  it.each([
    ['openai', 'gpt-4o', ''],
    ['openai', 'gpt-5', 'minimal low medium high'],
    ['openai', 'gpt-5-mini', 'minimal low medium high'],
    ['openai', 'gpt-5-pro', 'high'],
    ['openai', 'gpt-5.1', 'none low medium high'],
    ['openai', 'gpt-5.4-pro', 'medium high xhigh'],
    ['openai', 'gpt-6.1-sol', 'low medium high xhigh max'],
    ['azure', 'gpt-5.1', 'none low medium high'],
    ['azure', 'o3', 'low medium high'],
    ['vercel', 'openai/gpt-5', 'minimal low medium high'],
    ['vercel', 'openai/gpt-6-luna-fast', 'none low medium high xhigh max'],
    ['openrouter', 'openai/gpt-5.1', 'none low medium high'],
    ['anthropic', 'claude-sonnet-4-6', 'none low medium high max'],
    ['anthropic', 'claude-opus-5', 'none low medium high xhigh max'],
    ['anthropic', 'claude-opus-5-5', 'low medium high xhigh max'],
    ['vercel', 'anthropic/claude-opus-5.5', 'low medium high xhigh max'],
    ['bedrock', 'us.anthropic.claude-opus-5-5', 'low medium high xhigh max'],
    ['google', 'gemini-3.8-flash', 'low medium high'],
    ['google', 'gemini-2.5-pro', 'minimal low medium high max'],
    ['deepseek', 'deepseek-v4-pro', 'none high max'],
    ['together', 'zai-org/GLM-5.3', 'none high'],
    ['zai', 'glm-4.7', 'none high'],
  ])('of %s/%s are "%s"', (key, model, expected) => {
    expect(catalog.has(key, model)).toBe(true);
    expect(takes(key, model)).toBe(expected);
  });

  it('are budgets on Claude 4.5 and earlier, at least 1,024 and below every such model’s output', () => {
    const budgeted = [...catalog.models('anthropic'), ...catalog.models('bedrock')].filter(
      ({ efforts = {} }) => typeof efforts.high === 'number',
    );
    expect(budgeted.map(({ id }) => id)).toContain('claude-haiku-4-5');
    expect(budgeted.map(({ id }) => id)).toContain('us.anthropic.claude-opus-4-1-20250805-v1:0');
    for (const { id, efforts = {}, maxOutput = 0 } of budgeted) {
      const { none, ...thinking } = efforts;
      expect(none, id).toBe('disabled');
      for (const budget of Object.values(thinking)) {
        expect(Number(budget) >= 1024 && Number(budget) < maxOutput, `${id}: ${budget}`).toBe(true);
      }
    }
  });

  it('are words on Claude 4.6 and later, and wherever a host translates', () => {
    const numbers = (key: string) =>
      catalog.models(key).filter(({ efforts = {} }) => Object.values(efforts).some((sent) => typeof sent === 'number'));
    expect(numbers('anthropic').filter(({ id }) => !id.includes('-4-5'))).toEqual([]);
    expect([...numbers('openrouter'), ...numbers('vercel'), ...numbers('azure')]).toEqual([]);
  });

  it('are budgets on Gemini 2.5, where Flash can be switched off and Pro cannot', () => {
    for (const key of ['google', 'vertex']) {
      expect(catalog.facts(key, 'gemini-2.5-flash').efforts).toMatchObject({ none: 0, high: 24_576 });
      expect(catalog.facts(key, 'gemini-2.5-flash-lite').efforts).toMatchObject({ none: 0, minimal: 512 });
      expect(catalog.facts(key, 'gemini-2.5-pro').efforts).toMatchObject({ minimal: 128, max: 32_768 });
    }
    expect(catalog.facts('google', 'gemini-3.8-flash').efforts).toEqual({ low: 'low', medium: 'medium', high: 'high' });
  });

  it('are unknown where the source only guesses', () => {
    expect(catalog.facts('openai', 'chat-latest').efforts).toBeUndefined();
    expect(catalog.facts('nvidia', 'z-ai/glm-5.3-flash').efforts).toBeUndefined();
  });
});

describe('temperature', () => {
  it.each([
    ['anthropic', 'claude-opus-4-6', undefined],
    ['anthropic', 'claude-opus-4-7', 'no'],
    ['anthropic', 'claude-sonnet-5-5', 'no'],
    ['anthropic', 'claude-haiku-4-5', undefined],
    ['anthropic', 'claude-haiku-5-5', 'no'],
    ['anthropic', 'claude-fable-5-2', 'no'],
    ['openrouter', 'anthropic/claude-opus-4.7', 'no'],
    ['bedrock', 'eu.anthropic.claude-sonnet-5-5', 'no'],
    ['openai', 'gpt-4o', undefined],
    ['openai', 'gpt-5', 'no'],
    ['openai', 'gpt-5-chat-latest', undefined],
    ['openai', 'o3', 'no'],
    ['openai', 'gpt-5.1', 'at-none'],
    ['openai', 'gpt-5.4-pro', 'no'],
    ['openai', 'gpt-6.1-sol', 'no'],
    ['openai', 'gpt-6-luna', 'at-none'],
    ['openrouter', 'openai/gpt-5', 'no'],
    ['openrouter', 'openai/gpt-5.1', 'at-none'],
    ['azure', 'gpt-5.1', 'at-none'],
    ['vercel', 'openai/gpt-6.1-sol', 'no'],
    ['bedrock', 'openai.gpt-5.4', 'at-none'],
    ['groq', 'openai/gpt-oss-120b', undefined],
    ['google', 'gemini-4-argon', undefined],
  ])('of %s/%s is %s', (key, model, expected) => {
    expect(catalog.has(key, model)).toBe(true);
    expect(catalog.facts(key, model).temperature).toBe(expected);
  });
});

describe('what else the source lacks', () => {
  it('knows who reads PDFs, and that nobody does who reads no images', () => {
    expect(catalog.facts('anthropic', 'claude-opus-5-5').input).toEqual(['image', 'pdf']);
    expect(catalog.facts('openrouter', 'openai/gpt-4o').input).toEqual(['image', 'pdf']);
    expect(catalog.facts('google', 'gemini-4-argon').input).toEqual(['image', 'pdf', 'audio', 'video']);
    expect(catalog.facts('openai', 'gpt-4-turbo').input).toEqual(['image']);
    expect(catalog.facts('openai', 'o3-mini').input).toEqual([]);
  });

  it('knows who takes a JSON schema, who does not, and when nobody knows', () => {
    expect(catalog.facts('openai', 'gpt-4o-2024-08-06').json).toBe(true);
    expect(catalog.facts('openai', 'gpt-4o-2024-05-13').json).toBe(false);
    expect(catalog.facts('openrouter', 'anthropic/claude-opus-5.5').json).toBe(true);
    expect(catalog.facts('deepseek', 'deepseek-v4-pro').json).toBe(false);
    expect(catalog.facts('together', 'moonshotai/Kimi-K3').json).toBeUndefined();
  });

  it('prices long prompts of GPT above 272,000 tokens, within the whole context', () => {
    const { context, rates } = catalog.facts('openai', 'gpt-5.4');
    expect(context).toBe(1_050_000);
    expect(rates).toEqual({
      input: 2.5,
      output: 15,
      cacheRead: 0.25,
      above: [{ inputTokens: 272_000, input: 5, output: 22.5, cacheRead: 0.5 }],
    });
  });
});

describe('tiers', () => {
  /** How long a model in a default has to live yet, in days. */
  const SOON = 120;
  const soon = () => new Date(Date.parse(catalog.date) + SOON * 86_400_000).toISOString().slice(0, 10);

  it('are named for every maker and every host that a provider’s name alone may mean', () => {
    for (const key of [
      'anthropic',
      'openai',
      'google',
      'xai',
      'mistral',
      'deepseek',
      'openrouter',
      'groq',
      'cerebras',
      'together',
      'huggingface',
    ]) {
      expect(catalog.tier(key, 'best'), key).toBeDefined();
      expect(catalog.tier(key, 'balanced'), key).toBeDefined();
    }
  });

  it('hold one model a place, none of them retired, soon to retire, a preview or an alias', () => {
    const placed = everyModel().filter(({ tier }) => tier !== undefined);
    for (const key of KEYS) {
      for (const tier of TIERS)
        expect(placed.filter((model) => model.key === key && model.tier === tier).length, `${key} ${tier}`).toBeLessThan(2);
    }
    expect(placed.filter((model) => isRetired(model, soon())).map(({ id }) => id)).toEqual([]);
    expect(placed.filter(({ id }) => /preview|latest|beta|exp\b/.test(id)).map(({ id }) => id)).toEqual([]);
  });

  it('cost less the faster they are', () => {
    for (const key of KEYS) {
      const prices = TIERS.flatMap((tier) => catalog.models(key).find((model) => model.tier === tier)?.rates?.output ?? []);
      expect(prices, key).toEqual(prices.toSorted((a, b) => b - a));
    }
  });

  it('know what is past and what is not', () => {
    expect(isRetired(catalog.facts('openai', 'o4-mini'), catalog.date)).toBe(true);
    expect(isRetired(catalog.facts('groq', 'llama-3.3-70b-versatile'), catalog.date)).toBe(true);
    expect(isRetired(catalog.facts('openai', 'gpt-5'), catalog.date)).toBe(false);
    expect(catalog.facts('openai', 'gpt-5-2025-08-07').retires).toBe('2026-12-11');
    expect(catalog.facts('azure', 'o4-mini').retires).toBeUndefined();
  });
});
