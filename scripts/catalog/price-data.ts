import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calcPrice } from '@pydantic/genai-prices';
import type { Catalog } from '../../src/catalog/catalog.ts';
import type { ModelFacts } from '../../src/core/model.ts';
import { plural } from '../../src/core/text.ts';
import { type PriceChoice, rateIn, whichSource } from '../../src/pricing/which-source.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { ROOT } from '../docs/documents.ts';

const NAME = '@pydantic/genai-prices';

/** The price data that the program is built with, and the day on which it was published: the package itself has no date. */
export const PRICE_DATA = { name: NAME, version: '0.1.8', published: '2026-09-23' };

/** The version that is installed. */
export const installedVersion = (): string =>
  String(JSON.parse(readFileSync(join(ROOT, 'node_modules', NAME, 'package.json'), 'utf8')).version);

/** What a source says of a model, in dollars per million tokens. */
type Said = { input: number; output: number; cacheRead?: number | undefined };

/** A model of which the price data and the catalogue say different prices, and whose word counts. */
export type Difference = { model: string; prices: Said; catalog: Said; counts: PriceChoice['counts'] };

/** Tokens so few that no tier begins. */
const SAMPLE = 1000;
const perMillion = (usd: number): number => Number(((usd / SAMPLE) * 1_000_000).toPrecision(4));

function differenceAt(provider: string, facts: ModelFacts, at: Date): Difference[] {
  const { id, rates } = facts;
  const found = calcPrice({ input_tokens: SAMPLE, output_tokens: SAMPLE }, id, { providerId: provider, timestamp: at });
  if (found === null || rates === undefined) return [];
  const { counts, differ } = whichSource(found, facts, at);
  if (!differ) return [];
  const prices = {
    input: perMillion(found.input_price),
    output: perMillion(found.output_price),
    cacheRead: rateIn(found.model_price, 'cacheRead'),
  };
  return [{ model: `${provider}/${id}`, prices, catalog: rates, counts }];
}

/** Every model whose prices differ between the two sources at a moment. */
export const priceDifferences = (catalog: Catalog, at: Date): Difference[] =>
  PROVIDERS.filter(({ prices, catalog: key }) => prices !== 'no' && key !== null).flatMap(({ id, catalog: key = id }) =>
    catalog.models(key ?? id).flatMap((facts) => differenceAt(id, facts, at)),
  );

const saidText = ({ input, output, cacheRead }: Said): string =>
  `$${input}/$${output}${cacheRead === undefined ? '' : ` (cached $${cacheRead})`}`;

const SOURCES = { prices: 'price data', catalog: 'catalogue' } as const;
const OTHER = { prices: 'catalog', catalog: 'prices' } as const;

/** The differences as lines of a report, by the source that counts. */
export function differencesText(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return ['The price data and the catalogue say the same prices.'];
  const sections = (['catalog', 'prices'] as const).flatMap((source) => {
    const models = differences.filter(({ counts }) => counts === source);
    if (models.length === 0) return [];
    const lines = models.map((one) => `- ${one.model}: ${saidText(one[source])}, not ${saidText(one[OTHER[source]])}`);
    return [`The ${SOURCES[source]} is newer, and counts, for ${plural(models.length, 'model')}:`, ...lines];
  });
  return [
    'The price data and the catalogue say prices that differ by more than a fifth ($ per million tokens, in/out).',
    ...sections,
  ];
}
