import { describe, expect, it } from 'vitest';
import { troubleWith, updatesNeeded } from '../../scripts/catalog/check.ts';
import { EXAMPLES, modelsNamedIn } from '../../scripts/catalog/named-models.ts';
import { differencesText, priceDifferences } from '../../scripts/catalog/price-data.ts';
import { loadCatalog } from '../../src/catalog/catalog.ts';

const catalog = await loadCatalog();

describe('The models that documents and examples name', () => {
  it.each(EXAMPLES.map((document) => ({ document, path: document.path })))(
    '$path: were known and to be served for a while on the day of the catalogue',
    ({ document }) => {
      expect(modelsNamedIn(document).flatMap((model) => troubleWith(model, catalog, catalog.date))).toEqual([]);
    },
  );

  it('are found, and faults in them too', () => {
    const text =
      '`openai/gpt-none`, ollama/anything, src/providers/openai.ts, @google/genai\n```sh\nswitchboard call -m gpt-nine\n```\n' +
      '```yaml\nproviders: { openai: { default_model: gpt-never } }\n```\n';
    expect(modelsNamedIn({ path: 'README.md', text })).toEqual([
      'openai/gpt-none',
      'ollama/anything',
      'gpt-nine',
      'openai/gpt-never',
    ]);
    const trouble = (model: string) => troubleWith(model, catalog, '2026-11-21').join();
    expect(trouble('openai/gpt-none')).toContain('not in the catalogue');
    expect(trouble('gpt-nine')).toContain('known');
    expect(trouble('groq/llama-3.3-70b-versatile')).toBe('groq/llama-3.3-70b-versatile was retired on 2026-08-16');
    expect(trouble('openai/gpt-4o')).toBe('openai/gpt-4o will be retired on 2027-01-14');
    expect(trouble('openai/gpt-5.1')).toBe('');
    expect(trouble('ollama/anything')).toBe('');
  });
});

describe('npm run catalog -- --check', () => {
  it('finds nothing to update on the day of the catalogue', () => {
    expect(updatesNeeded(catalog, EXAMPLES, catalog.date)).toEqual([]);
  });

  it('tells what is old and what is retired a year later', () => {
    const examples = [{ path: 'README.md', text: '`openai/gpt-4o` and `openai/gpt-5.1`' }];
    const told = updatesNeeded(catalog, examples, '2027-12-15').join('\n');
    expect(told).toMatch(/^The catalogue is of \S+, \d{3} days old: raise PACKAGE in /m);
    expect(told).toMatch(/^The price data \(\S+ \S+\) is of \S+, \d{3} days old: install a newer version/m);
    expect(told).toMatch(/^The oldest rule of scripts\/catalog\/tiers\.ts is of \S+, \d{3} days old: read the sources again/m);
    expect(told).toContain('README.md names a model: openai/gpt-4o was retired on 2027-01-14. Name another.');
    expect(told).toContain('README.md names a model: openai/gpt-5.1 was retired on 2027-04-01. Name another.');
  });

  it('tells which prices differ, and which of the two counts', () => {
    const told = differencesText(priceDifferences(catalog, new Date('2026-11-21T12:00:00Z')));
    expect(told.slice(0, 2)).toEqual([
      'The price data and the catalogue say prices that differ by more than a fifth ($ per million tokens, in/out).',
      expect.stringMatching(/^The catalogue is newer, and counts, for \d+ models:$/),
    ]);
    expect(told).toContain('- mistral/mistral-large-latest: $0.5/$1.5 (cached $0.05), not $2/$6');
    expect(told).toContain('- anthropic/claude-sonnet-5-5: $2/$10 (cached $0.1), not $2/$10 (cached $0.2)');
    // Its price depends on the hour, and the catalogue has that of some hours.
    expect(told.filter((line) => line.startsWith('- deepseek/'))).toEqual([]);
    expect(differencesText([])).toEqual(['The price data and the catalogue say the same prices.']);
  });
});
