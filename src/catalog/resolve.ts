import type { ModelRef } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { type ModelFacts, type Tier, TIERS } from '../core/model.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { type Catalog, isRetired } from './catalog.ts';
import { type Candidate, suggestModels } from './suggestions.ts';

/** What resolution has to know of a provider. */
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
};

export type Known = {
  aliases: Readonly<Record<string, string>>;
  /** In the order in which they are preferred. */
  providers: readonly KnownProvider[];
  catalog: Catalog;
  /** What is told of the name of a provider that is none but could be declared; undefined: it could not. */
  undeclared?: (name: string) => string | undefined;
};

/** `why` is there when something was chosen that the text does not say. */
export type Resolution = ModelRef & { why?: string };

/** Characters. The longest real ids are cloud resource names of about 150. */
const LONGEST = 300;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const shown = (text: string): string => `"${clip(oneLine(text), 80)}"`;

const keyOf = ({ id, catalog }: KnownProvider): string | null => (catalog === undefined ? id : catalog);

const named = ({ providers }: Known, name: string): KnownProvider | undefined =>
  providers.find(({ id, aliases = [] }) => [id, ...aliases].some((own) => same(own, name)));

/** The id, in its own spelling, of a model that the provider is known to serve; undefined where nobody knows. */
function knownId({ catalog }: Known, provider: KnownProvider, model: string): string | undefined {
  const key = keyOf(provider);
  if (key !== null && catalog.has(key, model)) return catalog.facts(key, model).id;
  return provider.models?.find((id) => same(id, model));
}

function placed({ catalog }: Known, provider: KnownProvider, tier: Tier): ModelFacts | undefined {
  const key = keyOf(provider);
  return key === null ? undefined : catalog.tier(key, tier);
}

/** `provider/model` or `provider:model`, the provider being one; a model that nobody knows passes through as it was written. */
function explicit(known: Known, text: string, separator: '/' | ':'): Resolution | undefined {
  const at = text.indexOf(separator);
  const provider = at > 0 ? named(known, text.slice(0, at)) : undefined;
  if (!provider) return undefined;
  const model = text.slice(at + 1);
  if (model === '') throw new Failure('input', `${shown(text)} names no model: write ${provider.id}/<model>.`);
  // Some hosts have ids that begin with their own name: openrouter/auto, nvidia/nemotron-…
  return {
    provider: provider.id,
    model: knownId(known, provider, model) ?? knownId(known, provider, text) ?? model,
  };
}

/** A provider's name alone: the default that the user set for it, else its everyday model. */
function alone(known: Known, text: string): Resolution | undefined {
  const provider = named(known, text);
  if (!provider) return undefined;
  const { id, defaultModel: own } = provider;
  if (own !== undefined) return { provider: id, model: own, why: `the default_model of ${id}` };
  const model = placed(known, provider, 'balanced');
  if (model) return { provider: id, model: model.id, why: `the everyday model of ${id}` };
  throw new Failure('input', `${id} has no default model: write ${id}/<model>, or set its default_model in the config.`);
}

/**
 * A name without a provider: of those that know it the ready ones, of these its maker, then the order. When none is ready,
 * the first that knows it is returned all the same, so that the caller's complaint about a missing key can name the variable.
 */
function bare(known: Known, text: string): Resolution | undefined {
  const offers = known.providers
    .filter(({ byNameOnly }) => !byNameOnly)
    .flatMap((provider) => {
      const model = knownId(known, provider, text);
      return model === undefined ? [] : [{ provider, model }];
    });
  const rank = ({ provider }: { provider: KnownProvider }) => (provider.ready ? 0 : 2) + (provider.maker ? 0 : 1);
  const [first, ...others] = offers.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return undefined;
  const { provider, model } = first;
  const rivals = others.filter((other) => other.provider.ready === provider.ready).map((other) => other.provider.id);
  const ref = { provider: provider.id, model };
  if (rivals.length === 0) return ref;
  return {
    ...ref,
    why: `${provider.maker ? 'its maker’s own API' : 'the first in order'}; ${list(rivals)} would serve it too`,
  };
}

/** What may be suggested: models that are still served, of providers that can be called before others. */
function candidates({ aliases, providers, catalog }: Known): Candidate[] {
  const names = (name: string, spellings: readonly string[]) => ({
    name,
    spellings,
    providers: [],
    penalty: 0,
  });
  const models = providers.flatMap((provider) => {
    const { id, aliases: own = [], maker, ready, models: listed = [] } = provider;
    const key = keyOf(provider);
    const facts = [...(key === null ? [] : catalog.models(key)), ...listed.map((model): ModelFacts => ({ id: model }))];
    const current = facts.filter((model) => !isRetired(model, catalog.date));
    return current.map((model) => ({
      name: `${id}/${model.id}`,
      spellings: [model.id, model.id.slice(model.id.lastIndexOf('/') + 1)],
      providers: [id, ...own],
      penalty: (ready ? 0 : 1) + (maker ? 0 : 0.3) + (model.retires ? 0.1 : 0) - (model.tier ? 0.3 : 0),
    }));
  });
  return [
    ...Object.keys(aliases).map((alias) => names(alias, [alias])),
    ...providers.map(({ id, aliases: own = [] }) => names(id, [id, ...own])),
    ...models,
  ];
}

function unknown(known: Known, text: string): Failure {
  const missing = known.undeclared?.(text.replace(/[/:].*$/s, ''));
  if (missing !== undefined) return new Failure('config', missing);
  const near = suggestModels(text, candidates(known));
  return new Failure('not_found', `No model ${shown(text)} is known.${near.length > 0 ? ` Nearest: ${near.join(', ')}.` : ''}`);
}

function resolveName(known: Known, text: string): Resolution {
  const found = explicit(known, text, '/') ?? explicit(known, text, ':') ?? alone(known, text) ?? bare(known, text);
  if (!found) throw unknown(known, text);
  return found;
}

/** What an alias means in the end: an alias may name another one. */
function followed({ aliases }: Known, alias: string): string {
  const seen = [alias];
  let target = (aliases[alias] ?? '').trim();
  while (Object.hasOwn(aliases, target)) {
    if (seen.includes(target)) {
      throw new Failure(
        'config',
        `The aliases ${[...seen, target].join(' → ')} go round in a circle: one of them has to name a model.`,
      );
    }
    seen.push(target);
    target = (aliases[target] ?? '').trim();
  }
  return target;
}

function byAlias(known: Known, alias: string): Resolution {
  const target = followed(known, alias);
  try {
    return { ...resolveName(known, target), why: `the alias ${shown(alias)}` };
  } catch (error) {
    if (error instanceof Failure) throw error.with({}, `The alias ${shown(alias)} means ${shown(target)}. ${error.message}`);
    throw error;
  }
}

function checked(text: string): string {
  const name = text.trim();
  if (name === '') throw new Failure('input', 'The model is an empty string: leave it out, or write provider/model.');
  if (name.length > LONGEST) throw new Failure('input', `The model has ${name.length} characters; at most ${LONGEST} are taken.`);
  return name;
}

/** Which model a text means: an exact alias, then `provider/model`, then `provider:model`, then a provider's name, then a bare name. */
export function resolveModel(text: string, known: Known): Resolution {
  const name = checked(text);
  return Object.hasOwn(known.aliases, name) ? byAlias(known, name) : resolveName(known, name);
}

type Choice = Required<Resolution>;

/** The provider's best, unless the user set another model for it. A host of many makers gives its best of another family. */
function choice(known: Known, provider: KnownProvider, hostFamily: string | undefined): Choice | undefined {
  const { id, defaultModel: own, maker } = provider;
  const unnamed = 'no model was named';
  if (own !== undefined) return { provider: id, model: own, why: `${unnamed}; the default_model of ${id}` };
  const models = TIERS.flatMap((tier) => placed(known, provider, tier) ?? []);
  const foreign = models.find((model) => maker || hostFamily === undefined || !model.id.startsWith(`${hostFamily}/`));
  const model = foreign ?? models[0];
  return model && { provider: id, model: model.id, why: `${unnamed}; the best choice at ${id}` };
}

/**
 * The model to ask when nobody named one. A second opinion is worth most from another family: the first ready maker other
 * than the host's own, then hosts of others' models, then the host's own maker.
 */
export function defaultModel(known: Known, hostFamily?: string): Choice {
  const ready = known.providers.filter((provider) => provider.ready);
  const rank = ({ id, maker }: KnownProvider) => (hostFamily !== undefined && same(id, hostFamily) ? 2 : maker ? 0 : 1);
  const ordered = ready.toSorted((a, b) => rank(a) - rank(b));
  const found = ordered.flatMap((provider) => choice(known, provider, hostFamily) ?? [])[0];
  if (found) return found;
  if (ready.length === 0) {
    throw new Failure('config', 'No provider is configured; list_models shows which variables enable them.');
  }
  const ids = list(ready.map(({ id }) => id));
  throw new Failure(
    'config',
    `No model was named, and ${ids} ${ready.length === 1 ? 'has' : 'have'} none by default: name one as provider/model, or set default_model.`,
  );
}
