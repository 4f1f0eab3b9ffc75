import { type ModelFacts, TIERS } from '../../src/core/model.ts';
import { factsOf } from './facts.ts';
import { canonicalId } from './ids.ts';
import { RETIREMENTS } from './retirements.ts';
import { isSkipped } from './skip.ts';
import type { Source, SourceModel } from './source.ts';
import { LINES } from './tiers.ts';

type Entry = Omit<ModelFacts, 'id'>;
type Entries = Map<string, Entry>;

/** The APIs of the makers themselves: what they say of a model goes before what a host of it says. */
const MAKERS = ['anthropic', 'openai', 'google', 'xai', 'mistral', 'deepseek', 'moonshot', 'zai', 'minimax'];

function makersModels({ providers }: Source): Map<string, SourceModel> {
  const models = MAKERS.flatMap((maker) => providers.get(maker) ?? []);
  // Read backwards, so that of two makers that list a model the earlier one counts.
  return new Map(models.toReversed().map((model) => [canonicalId(model.id), model]));
}

function entriesOf(provider: string, models: readonly SourceModel[], makers: ReadonlyMap<string, SourceModel>): Entries {
  const kept = models.filter(({ id }) => !isSkipped(provider, id));
  const sorted = kept.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(sorted.map((model) => [model.id, factsOf(provider, model, makers.get(canonicalId(model.id)))]));
}

/** A rule that names a model which the source no longer has is a rule to be looked at, so it stops the build. */
function entry(catalog: ReadonlyMap<string, Entries>, provider: string, id: string, rule: string): Entry {
  const found = catalog.get(provider)?.get(id);
  if (!found) throw new Error(`${rule} names ${provider}/${id}, which the source does not have.`);
  return found;
}

function applyTiers(catalog: ReadonlyMap<string, Entries>): void {
  for (const [provider, { places }] of Object.entries(LINES)) {
    for (const tier of TIERS) {
      const id = places[tier];
      if (id !== undefined) entry(catalog, provider, id, 'tiers.ts').tier = tier;
    }
  }
}

function applyRetirements(catalog: ReadonlyMap<string, Entries>): void {
  for (const { at, on, models } of RETIREMENTS) {
    for (const id of models) entry(catalog, at, id, 'retirements.ts').retires = on;
  }
}

/** One model a line, in order, so that a diff of the file reads as a list of what changed. */
function render(date: string, source: string, catalog: ReadonlyMap<string, Entries>): string {
  const providers = [...catalog].map(([provider, entries]) => {
    const lines = [...entries].map(([id, facts]) => `      ${JSON.stringify(id)}: ${JSON.stringify(facts)}`);
    return `    ${JSON.stringify(provider)}: {\n${lines.join(',\n')}\n    }`;
  });
  const head = Object.entries({ date, source, license: 'MIT' }).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`,
  );
  return `{\n${head.join('')}  "providers": {\n${providers.join(',\n')}\n  }\n}\n`;
}

/** The text of models.json, from the source and the rules beside this file. */
export function buildCatalog(source: Source, sourceName: string): string {
  const makers = makersModels(source);
  const catalog = new Map(
    [...source.providers].map(([provider, models]) => [provider, entriesOf(provider, models, makers)] as const),
  );
  applyTiers(catalog);
  applyRetirements(catalog);
  return render(source.date, sourceName, catalog);
}
