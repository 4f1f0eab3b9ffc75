import { type Catalog, isRetired } from '../../src/catalog/catalog.ts';
import { resolveModel } from '../../src/catalog/resolve.ts';
import { dayOf } from '../../src/core/day.ts';
import { type ModelFacts, TIERS } from '../../src/core/model.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import type { Document } from '../docs/documents.ts';
import { modelsNamedIn } from './named-models.ts';
import { installedVersion, PRICE_DATA } from './price-data.ts';
import { RETIREMENTS } from './retirements.ts';
import { RULES } from './rules.ts';
import { LINES } from './tiers.ts';

const DAY_MS = 86_400_000;

/** Days after which data is to be brought up to date: makers bring out a model about every month. */
const OLD_DAYS = { catalog: 90, prices: 90, rules: 120 };

/** Days that a model has to live yet: in a document, which people copy, and in a line, which a published version chooses by. */
const LEFT_DAYS = { document: 60, line: 120 };

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const daysAfter = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY_MS);

/** Says that something is too old, and what brings it up to date. */
function ageOf(
  what: string,
  { from, today, most, remedy }: { from: string; today: string; most: number; remedy: string },
): string[] {
  const days = daysBetween(from, today);
  return days > most ? [`${what} of ${from}, ${days} days old: ${remedy}`] : [];
}

function agesOf(catalog: Catalog, today: string): string[] {
  const { name, version, published } = PRICE_DATA;
  const files = {
    'tiers.ts': Object.values(LINES).map(({ reviewed }) => reviewed),
    'retirements.ts': RETIREMENTS.map(({ reviewed }) => reviewed),
    'rules.ts': RULES.map(({ reviewed }) => reviewed),
  };
  return [
    ...ageOf('The catalogue is', {
      from: catalog.date,
      today,
      most: OLD_DAYS.catalog,
      remedy: 'raise PACKAGE in scripts/update-catalog.ts and run npm run catalog.',
    }),
    ...ageOf(`The price data (${name} ${version}) is`, {
      from: published,
      today,
      most: OLD_DAYS.prices,
      remedy: 'install a newer version, and write it into scripts/catalog/price-data.ts.',
    }),
    ...Object.entries(files).flatMap(([file, days]) =>
      ageOf(`The oldest rule of scripts/catalog/${file} is`, {
        from: days.toSorted()[0] ?? today,
        today,
        most: OLD_DAYS.rules,
        remedy: 'read the sources again, and write the day into `reviewed`.',
      }),
    ),
  ];
}

/** Why a model should not be offered from now on: it is retired, or soon will be. */
function retiring(name: string, { retires }: ModelFacts, today: string, left: number): string[] {
  if (retires === undefined || !isRetired({ id: name, retires }, daysAfter(today, left))) return [];
  return [`${name} ${retires <= today ? 'was retired on' : 'will be retired on'} ${retires}`];
}

const known = (catalog: Catalog) => ({ aliases: {}, providers: PROVIDERS.map((row) => ({ ...row, ready: true })), catalog });

/** Why a document should not name a model; nothing where nobody can know (a local server, a proxy). */
export function troubleWith(model: string, catalog: Catalog, today: string): string[] {
  try {
    const found = resolveModel(model, known(catalog));
    const provider = PROVIDERS.find(({ id }) => id === found.provider);
    if (provider?.catalog === null) return [];
    const key = provider?.catalog ?? found.provider;
    if (!catalog.has(key, found.model)) return [`${model} is not in the catalogue`];
    return retiring(model, catalog.facts(key, found.model), today, LEFT_DAYS.document);
  } catch (error) {
    return [`${model}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function placesOf(catalog: Catalog, today: string): string[] {
  const places = Object.entries(LINES).flatMap(([provider, line]) =>
    TIERS.flatMap((tier) => {
      const id = line.places[tier];
      if (id === undefined) return [];
      if (catalog.facts(provider, id).tier !== tier) return [`src/catalog/models.json lacks ${provider}/${id} as ${tier}`];
      return retiring(`${provider}/${id}`, catalog.facts(provider, id), today, LEFT_DAYS.line);
    }),
  );
  return places.map((trouble) => `${trouble}: choose another in scripts/catalog/tiers.ts, and run npm run catalog.`);
}

function retirementsMissing(catalog: Catalog): string[] {
  const missing = RETIREMENTS.flatMap(({ at, on, models }) =>
    models.filter((id) => catalog.facts(at, id).retires !== on).map((id) => `${at}/${id}`),
  );
  return missing.map((model) => `src/catalog/models.json lacks the retirement of ${model}: run npm run catalog.`);
}

/** Says what of the data on models needs an update on a day, and how; empty: nothing. */
export function updatesNeeded(catalog: Catalog, documents: readonly Document[], today: string): string[] {
  const installed = installedVersion();
  const named = documents.flatMap((document) =>
    modelsNamedIn(document).flatMap((model) =>
      troubleWith(model, catalog, today).map((trouble) => `${document.path} names a model: ${trouble}. Name another.`),
    ),
  );
  return [
    ...agesOf(catalog, today),
    ...(installed === PRICE_DATA.version
      ? []
      : [`The price data is of version ${installed}: write that, and its day, into scripts/catalog/price-data.ts.`]),
    ...placesOf(catalog, today),
    ...retirementsMissing(catalog),
    ...named,
  ];
}
