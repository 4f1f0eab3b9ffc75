import { type ModelFacts, type Tier, TIERS } from '../core/model.ts';
import { withAge } from './age.ts';
import { type Catalog, isRetired } from './catalog.ts';
import type { IdForm } from './spelling.ts';

/** The facts of a provider that resolution needs. */
export type KnownProvider = {
  id: string;
  aliases?: readonly string[];
  /** The catalogue's key for its models, when that is not its id; null: it has none. */
  catalog?: string | null;
  /** Makes models of its own. */
  maker?: boolean;
  /** Has what it needs to be called, and may be chosen without being named. */
  ready: boolean;
  /** Can be called, but only by its own name: its credentials lie around for other purposes. */
  byNameOnly?: boolean;
  defaultModel?: string;
  /** Ids that the provider itself lists, besides the catalogue's. */
  models?: readonly string[];
  /** The ways in which its ids may be written. */
  idForm?: IdForm;
  /** The whole form of an id of its own: `nvidia/{model}`. */
  ownId?: string;
  /** Runs on the user's own machine. */
  local?: boolean;
  /** Its models go by names that the user gave them. */
  ownNames?: boolean;
  /** It has said itself which models it serves. */
  listed?: boolean;
};

export type Known = {
  aliases: Readonly<Record<string, string>>;
  /** Other names that may be suggested. */
  names?: readonly string[];
  /** In the order in which they are preferred. */
  providers: readonly KnownProvider[];
  catalog: Catalog;
  /** The day (YYYY-MM-DD) by which a model is retired; absent: the catalogue's. */
  today?: string;
  /** Says how to declare a provider of a name that is none yet; undefined: it could not be declared. */
  undeclared?: (name: string) => string | undefined;
};

export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const keyOf = ({ id, catalog }: KnownProvider): string | null => (catalog === undefined ? id : catalog);

/** The provider of that id, or of another name of it. */
export const providerNamed = ({ providers }: Known, name: string): KnownProvider | undefined =>
  providers.find(({ id, aliases = [] }) => [id, ...aliases].some((own) => same(own, name)));

/** An id of a provider's own whose beginning was left out, whole; what has a slash is whole. */
export const wholeId = ({ ownId }: Pick<KnownProvider, 'ownId'>, model: string): string =>
  ownId === undefined || model.includes('/') ? model : ownId.replace('{model}', () => model);

function exactId({ catalog }: Known, provider: KnownProvider, model: string): string | undefined {
  const key = keyOf(provider);
  if (key !== null && catalog.has(key, model)) return catalog.facts(key, model).id;
  return provider.models?.find((id) => same(id, model));
}

/** A server at home keeps several sizes of a model apart by a tag; a name without one means `latest`. */
const tagged = ({ local }: KnownProvider, model: string): string[] => (local && !model.includes(':') ? [`${model}:latest`] : []);

/** The id, in its own spelling, of a model that the provider is known to serve; undefined where nobody knows. */
export const knownId = (known: Known, provider: KnownProvider, model: string): string | undefined =>
  [model, wholeId(provider, model), ...tagged(provider, model)].flatMap((id) => exactId(known, provider, id) ?? [])[0];

/** The model in that place of the provider's line; where it is retired, the best of the line that is not, if there is one. */
export function placed({ catalog, today = catalog.date }: Known, provider: KnownProvider, tier: Tier): ModelFacts | undefined {
  const key = keyOf(provider);
  const found = key === null ? undefined : catalog.tier(key, tier);
  if (key === null || found === undefined || !isRetired(found, today)) return found;
  const line = TIERS.flatMap((place) => catalog.tier(key, place) ?? []);
  return line.find((model) => !isRetired(model, today)) ?? found;
}

/** The reason of a choice that the catalogue made. */
export const byCatalog = (why: string, { catalog, today = catalog.date }: Known): string => withAge(why, catalog, today);

/** The models that a provider serves, as far as is known, and that are not retired. */
export function currentModels({ catalog, today = catalog.date }: Known, provider: KnownProvider): ModelFacts[] {
  const key = keyOf(provider);
  const listed = (provider.models ?? []).map((model): ModelFacts => ({ id: model }));
  return [...(key === null ? [] : catalog.models(key)), ...listed].filter((model) => !isRetired(model, today));
}
