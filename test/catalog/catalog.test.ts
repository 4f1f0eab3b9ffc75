import { describe, expect, it } from 'vitest';
import { catalogFrom, isRetired } from '../../src/catalog/catalog.ts';

const catalog = catalogFrom({
  date: '2026-11-10',
  source: 'a test',
  license: 'MIT',
  providers: {
    maker: {
      'small-1': { name: 'Small 1', rates: { input: 1, output: 2 }, tier: 'best', retires: '2027-01-14' },
      'small-1-2026-05-01': { name: 'Small 1 of May' },
      tiny: { tier: 'fast' },
      'deep-2.5-flash': { efforts: { none: 0, low: 1024 } },
      'deep-2.5-lite': { efforts: {} },
      'deep-3-flash': { efforts: { low: 'low' } },
      'deep-3-old': { efforts: { low: 1024 } },
    },
    openrouter: {
      'maker/Small-1': { context: 1000, rates: { input: 1, output: 2 } },
      'maker/tiny': { rates: { input: 1, output: 1 } },
      'maker/tiny:free': { rates: { input: 0, output: 0 } },
    },
    lonely: { one: { tier: 'balanced' } },
  },
});

describe('facts of a model', () => {
  it('knows nothing but the id of an unknown model', () => {
    expect(catalog.facts('maker', 'big-9')).toEqual({ id: 'big-9' });
    expect(catalog.facts('nobody', 'small-1')).toEqual({ id: 'small-1' });
    expect(catalog.has('maker', 'big-9')).toBe(false);
  });

  it('finds a model in any case and answers with its own spelling', () => {
    expect(catalog.facts('openrouter', 'MAKER/small-1').id).toBe('maker/Small-1');
  });

  it('falls back from a dated release to the model, but not to its place in the line', () => {
    for (const id of ['small-1-20260901', 'small-1-2026-09-01', 'small-1@20260901']) {
      expect(catalog.facts('maker', id)).toEqual({
        id,
        name: 'Small 1',
        rates: { input: 1, output: 2 },
        ratesDate: '2026-11-10',
        retires: '2027-01-14',
      });
      expect(catalog.has('maker', id)).toBe(true);
    }
  });

  it('prefers a dated release of its own to the fallback', () => {
    expect(catalog.facts('maker', 'small-1-2026-05-01').name).toBe('Small 1 of May');
  });

  it('knows a preview as the model that came of it', () => {
    for (const release of ['preview-09-2025', 'preview-05-20', 'preview', 'exp-03-25', '001']) {
      const id = `deep-2.5-flash-${release}`;
      expect(catalog.facts('maker', id)).toEqual({ id, efforts: { none: 0, low: 1024 } });
    }
  });

  it('gives an unknown model the budgets that all of its family take, and nothing where they differ', () => {
    expect(catalog.facts('maker', 'Deep-2.5-ultra')).toEqual({ id: 'Deep-2.5-ultra', efforts: { none: 0, low: 1024 } });
    for (const id of ['deep-3-ultra', 'deep-4', 'deep']) expect(catalog.facts('maker', id)).toEqual({ id });
    expect(catalog.has('maker', 'deep-2.5-ultra')).toBe(false);
  });

  it('does not take any number at the end for a date', () => {
    expect(catalog.has('maker', 'small-1-0901')).toBe(false);
    expect(catalog.has('maker', 'tiny-70000000')).toBe(false);
  });

  it('reads a variant as its model, without a price when it is free', () => {
    expect(catalog.facts('openrouter', 'maker/small-1:nitro')).toMatchObject({ context: 1000, rates: { input: 1 } });
    expect(catalog.facts('openrouter', 'maker/small-1:free')).toEqual({ id: 'maker/small-1:free', context: 1000 });
    expect(catalog.facts('openrouter', 'maker/tiny:free').rates).toEqual({ input: 0, output: 0 });
  });

  it('knows variants only where the host has them', () => {
    expect(catalog.has('openrouter', 'maker/small-1:7b')).toBe(false);
    expect(catalog.has('maker', 'small-1:free')).toBe(false);
  });
});

describe('lists', () => {
  it('says under which keys a bare id is known', () => {
    expect(catalog.providersOf('Small-1')).toEqual(['maker']);
    expect(catalog.providersOf('maker/small-1')).toEqual(['openrouter']);
    expect(catalog.providersOf('big-9')).toEqual([]);
  });

  it('lets best and balanced stand in for each other, and nothing for fast', () => {
    expect(catalog.tier('maker', 'balanced')?.id).toBe('small-1');
    expect(catalog.tier('lonely', 'best')?.id).toBe('one');
    expect(catalog.tier('lonely', 'fast')).toBeUndefined();
    expect(catalog.tier('openrouter', 'best')).toBeUndefined();
  });

  it('has no models of an unknown key', () => {
    expect(catalog.models('nobody')).toEqual([]);
  });
});

describe('retirement', () => {
  it('begins on the day itself', () => {
    const model = catalog.facts('maker', 'small-1');
    expect(isRetired(model, '2027-01-13')).toBe(false);
    expect(isRetired(model, '2027-01-14')).toBe(true);
    expect(isRetired({ id: 'tiny' }, '2999-01-01')).toBe(false);
  });
});
