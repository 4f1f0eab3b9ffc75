import { defined } from '../core/defined.ts';
import type { ModelFacts, Tier } from '../core/model.ts';
import { remembered } from '../core/remembered.ts';

/** What a model's entry holds; its key is the id. */
type Entry = Omit<ModelFacts, 'id' | 'ratesDate'>;

/** The shape of models.json. */
export type CatalogData = {
  date: string;
  source: string;
  license: string;
  providers: Record<string, Record<string, Entry>>;
};

/** What is known of models, by catalogue key: a provider's id, or what its row names in `catalog`. */
export type Catalog = {
  /** The day (YYYY-MM-DD) of which it speaks. */
  date: string;
  /** What is known of a model: of an unknown one its id, and the efforts of its family where those are budgets. */
  facts(provider: string, model: string): ModelFacts;
  /** Whether it knows the model, by this name or as a dated release or variant of one that it knows. */
  has(provider: string, model: string): boolean;
  models(provider: string): readonly ModelFacts[];
  /** The model in that place of the provider's line. A short line has one model for `best` and `balanced`. */
  tier(provider: string, tier: Tier): ModelFacts | undefined;
  /** The keys under which the bare id is known. */
  providersOf(model: string): string[];
};

/** `claude-sonnet-5-5-20260901`, `gpt-4o-2024-08-06`, `claude-sonnet-5-5@20260901`: releases of one model. */
const DATED = /[-@](?:20\d{6}|20\d\d-\d\d-\d\d)$/;

/** `gemini-2.5-flash-preview-09-2025`, `gemini-2.5-pro-exp-03-25`, `gemini-2.5-flash-001`: releases before and beside it. */
const PREVIEW = /-(?:preview|exp)(?:-\d\d-(?:20)?\d\d)?$|-00\d$/;

/** What a host lets its users append to any model's id, to choose how it is served. */
const VARIANTS: Readonly<Record<string, RegExp>> = {
  openrouter: /:(?:free|nitro|floor|online|thinking|extended|exacto)$/,
  huggingface: /:[a-z0-9-]+$/,
};

/** A model without what its host lets users append: it is the same model, served in another way. */
export const withoutVariant = (provider: string, model: string): string => model.replace(VARIANTS[provider] ?? '', '');

/** Where a line leaves a place empty, its neighbour stands in; nothing stands in for `fast`, which is about cost. */
export const STAND_IN: Partial<Record<Tier, Tier>> = { best: 'balanced', balanced: 'best' };

type Line = ReadonlyMap<string, ModelFacts>;

/** The id without the host's variant, then without the date of its release: what is known under those holds for it too. */
function bases(provider: string, model: string): string[] {
  const served = model.replace(VARIANTS[provider] ?? DATED, '');
  return [served, served.replace(DATED, ''), served.replace(PREVIEW, '')].filter((base) => base !== model);
}

/** A name up to the number of its generation: `gemini-2.5` of `gemini-2.5-flash`. */
const FAMILY = /^.*?\d+(?:\.\d+)?(?=-|$)/;

const takesBudgets = ({ efforts = {} }: ModelFacts): boolean => Object.values(efforts).every((sent) => typeof sent === 'number');

/** The efforts of an unknown model, where everything of its family that thinks wants budgets: it would refuse the words. */
function budgetsOf(line: Line | undefined, name: string): Pick<ModelFacts, 'efforts'> {
  const family = FAMILY.exec(name)?.[0];
  const kin = [...(line?.values() ?? [])].filter(
    ({ id, efforts = {} }) => FAMILY.exec(id.toLowerCase())?.[0] === family && Object.keys(efforts).length > 0,
  );
  const efforts = kin.length > 0 && kin.every(takesBudgets) ? kin[0]?.efforts : undefined;
  return efforts === undefined ? {} : { efforts };
}

/** A release or variant has its base's abilities, but not its place in the line; a free one not its price. */
function derived(model: string, { tier: _tier, rates, ratesDate, ...base }: ModelFacts): ModelFacts {
  return { ...base, id: model, ...(model.endsWith(':free') ? {} : defined({ rates, ratesDate })) };
}

/** The model with the day of its rates, where it has any. */
export const withRatesDate = (facts: ModelFacts, ratesDate: string): ModelFacts =>
  facts.rates === undefined ? facts : { ...facts, ratesDate };

function lineOf(entries: Record<string, Entry>, date: string): Line {
  return new Map(Object.entries(entries).map(([id, entry]) => [id.toLowerCase(), withRatesDate({ ...entry, id }, date)]));
}

/** The catalogue over `data`. Names match whatever their case. */
export function catalogFrom(data: CatalogData): Catalog {
  const lines = new Map<string, Line>(
    Object.entries(data.providers).map(([provider, entries]) => [provider, lineOf(entries, data.date)]),
  );

  function find(provider: string, model: string): ModelFacts | undefined {
    const line = lines.get(provider);
    const name = model.toLowerCase();
    const exact = line?.get(name);
    if (exact) return exact;
    const base = bases(provider, name).find((id) => line?.has(id));
    const known = base === undefined ? undefined : line?.get(base);
    return known && derived(model, known);
  }

  const models = (provider: string): ModelFacts[] => [...(lines.get(provider)?.values() ?? [])];
  const placed = (provider: string, tier: Tier | undefined) =>
    tier === undefined ? undefined : models(provider).find((model) => model.tier === tier);

  return {
    date: data.date,
    facts: (provider, model) => find(provider, model) ?? { id: model, ...budgetsOf(lines.get(provider), model.toLowerCase()) },
    has: (provider, model) => find(provider, model) !== undefined,
    models,
    tier: (provider, tier) => placed(provider, tier) ?? placed(provider, STAND_IN[tier]),
    providersOf: (model) => [...lines.keys()].filter((provider) => find(provider, model) !== undefined),
  };
}

/** Whether the vendor has stopped serving the model by `today` (YYYY-MM-DD). */
export const isRetired = ({ retires }: ModelFacts, today: string): boolean => retires !== undefined && retires <= today;

/** models.json is written by scripts/update-catalog.ts, and the tests read every entry: here only a damaged file matters. */
function isCatalogData(value: unknown): value is CatalogData {
  return typeof value === 'object' && value !== null && 'date' in value && 'providers' in value;
}

async function read(): Promise<Catalog> {
  const file: { default: unknown } = await import('./models.json', { with: { type: 'json' } });
  if (!isCatalogData(file.default)) throw new Error('models.json is damaged: install the package again.');
  return catalogFrom(file.default);
}

/** The catalogue that ships with the package, read at the first call and kept. */
export const loadCatalog = remembered(read);
