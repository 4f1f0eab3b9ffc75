import type { ModelRef } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { TIERS } from '../core/model.ts';
import { ownEntry } from '../core/own-entry.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { servedElsewhere, servedUnderMaker } from './elsewhere.ts';
import { examples, listedDefault, ownDefault } from './everyday.ts';
import { familyMember } from './families.ts';
import { byCatalog, type Known, knownId, type KnownProvider, placed, providerNamed, same, wholeId } from './known.ts';
import { spellId } from './spelling.ts';
import { isSpelledLike, unknownModel } from './unknown.ts';

export type { Known, KnownProvider } from './known.ts';

/**
 * `why` is there when something was chosen that the text does not say. `instead`: who can be called in place of a provider that
 * is not set up, as the end of a sentence.
 */
export type Resolution = ModelRef & { why?: string; instead?: string };

/** At most so many ways of writing a model are named. */
const MAX_SHOWN = 3;

/** Characters. The longest real ids are cloud resource names of about 150. */
const LONGEST = 300;

const shown = (text: string): string => `"${clip(oneLine(text), 80)}"`;

/** `provider/model` or `provider:model`, the provider being one; a model that nobody knows passes through as it was written. */
function explicit(known: Known, text: string, separator: '/' | ':'): Resolution | undefined {
  const at = text.indexOf(separator);
  const provider = at > 0 ? providerNamed(known, text.slice(0, at)) : undefined;
  if (!provider) return undefined;
  const model = text.slice(at + 1);
  if (model.trim() === '') throw new Failure('input', `${shown(text)} names no model: write ${provider.id}/<model>.`);
  const spelled = spellId(model, provider.idForm);
  // Some hosts have ids that begin with their own name: openrouter/auto, nvidia/nemotron-…
  const id = knownId(known, provider, spelled) ?? knownId(known, provider, text) ?? wholeId(provider, spelled);
  const instead = provider.maker && !provider.ready ? servedElsewhere(known, provider, text.replace(separator, '/')) : undefined;
  return { provider: provider.id, model: id, ...(instead === undefined ? {} : { instead }) };
}

/** A provider's name alone: the default that the user set for it, else its everyday model. */
function alone(known: Known, text: string): Resolution | undefined {
  const provider = providerNamed(known, text);
  if (!provider) return undefined;
  const { id } = provider;
  const usual = ownDefault(provider);
  if (usual !== undefined) return { provider: id, model: usual, why: `the default_model of ${id}` };
  const model = placed(known, provider, 'balanced');
  const elsewhere = provider.ready || provider.byNameOnly ? undefined : familyMember(known, text, model);
  if (elsewhere?.ready) return memberNamed(known, text, elsewhere);
  if (model) return { provider: id, model: model.id, why: byCatalog(`the everyday model of ${id}`, known) };
  const listed = listedDefault(known, provider);
  if (listed !== undefined) return { provider: id, ...listed };
  const shownIds = list([...examples(known, provider), `${id}/<model>`].slice(0, MAX_SHOWN), 'or');
  throw new Failure('input', `${id} has no default model: write ${shownIds}, or set its default_model in the config.`);
}

/** The provider that a text names alone, where nothing is known that it could mean. */
export function withoutDefault(text: string, known: Known): KnownProvider | undefined {
  const provider = providerNamed(known, text.trim());
  if (provider === undefined || ownDefault(provider) !== undefined || placed(known, provider, 'balanced')) return undefined;
  return listedDefault(known, provider) === undefined ? provider : undefined;
}

/**
 * A name without a provider: of those that know it the ready ones, of these its maker, then the order. When none is ready,
 * the first that knows it is returned all the same, so that the caller's complaint about a missing key can name the variable.
 */
function bare(known: Known, text: string): Resolution | undefined {
  const all = known.providers
    .filter(({ byNameOnly }) => !byNameOnly)
    .flatMap((provider) => {
      const model = knownId(known, provider, text);
      return model === undefined ? [] : [{ provider, model }];
    });
  // Whatever listens on a port of this machine may list what it likes: the name of a maker's model stays the maker's.
  const isMakers = all.some(({ provider }) => provider.maker);
  const offers = all.filter(({ provider }) => !isMakers || !provider.local);
  const rank = ({ provider }: { provider: KnownProvider }) => (provider.ready ? 0 : 2) + (provider.maker ? 0 : 1);
  const [first, ...others] = offers.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return undefined;
  const ready = first.provider.ready ? undefined : servedUnderMaker(known, text);
  if (ready !== undefined)
    return { provider: ready.provider.id, model: ready.model, why: `${ready.provider.id} is set up and serves it` };
  const { provider, model } = first;
  const rivals = others.filter((other) => other.provider.ready === provider.ready).map((other) => other.provider.id);
  const ref = { provider: provider.id, model };
  if (rivals.length === 0) return ref;
  return {
    ...ref,
    why: `${provider.maker ? 'its maker’s own API' : 'the first in order'}; ${list(rivals)} would serve it too`,
  };
}

const memberNamed = (known: Known, text: string, { provider, model }: ModelRef): Resolution => ({
  provider,
  model,
  why: byCatalog(`the current ${oneLine(text)} model that is set up`, known),
});

/** A family's name: its current model. */
function family(known: Known, text: string): Resolution | undefined {
  const member = familyMember(known, text);
  return member && memberNamed(known, text, member);
}

function resolveName(known: Known, text: string): Resolution {
  const found =
    explicit(known, text, '/') ?? explicit(known, text, ':') ?? alone(known, text) ?? bare(known, text) ?? family(known, text);
  if (!found) throw unknownModel(known, text);
  return found;
}

/** What an alias means in the end: an alias may name another one. */
export function followAliases({ aliases }: Pick<Known, 'aliases'>, alias: string): string {
  const seen = [alias];
  for (;;) {
    const target = ownEntry(aliases, seen.at(-1) ?? alias)?.trim();
    if (target === undefined) return seen.at(-1) ?? alias;
    if (seen.includes(target)) {
      const circle = [...seen, target].map((name) => clip(oneLine(name), 60)).join(' → ');
      throw new Failure('config', `The aliases ${circle} go round in a circle: one of them has to name a model.`);
    }
    seen.push(target);
  }
}

function byAlias(known: Known, alias: string): Resolution {
  const target = followAliases(known, alias);
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

/** Whether a name is that of a model, a provider or a family, or is read as one. */
export function isTaken(name: string, known: Known): boolean {
  if (isSpelledLike(known, name)) return true;
  try {
    resolveName({ ...known, aliases: {} }, checked(name));
    return true;
  } catch (error) {
    return !(error instanceof Failure) || error.kind !== 'not_found';
  }
}

/** Which model a text means: an exact alias, then `provider/model`, then `provider:model`, then a provider's name, then a bare name. */
export function resolveModel(text: string, known: Known): Resolution {
  const name = checked(text);
  return Object.hasOwn(known.aliases, name) ? byAlias(known, name) : resolveName(known, name);
}

type Choice = ModelRef & { why: string };

/** The provider's best, unless the user set another model for it. A host of many makers gives its best of another family. */
function choice(known: Known, provider: KnownProvider, hostFamily: string | undefined): Choice | undefined {
  const { id, maker } = provider;
  const unnamed = 'no model was named';
  const usual = ownDefault(provider);
  if (usual !== undefined) return { provider: id, model: usual, why: `${unnamed}; the default_model of ${id}` };
  const models = TIERS.flatMap((tier) => placed(known, provider, tier) ?? []);
  const foreign = models.find((model) => maker || hostFamily === undefined || !model.id.startsWith(`${hostFamily}/`));
  const model = foreign ?? models[0];
  const said =
    hostFamily !== undefined && same(id, hostFamily) ? `${unnamed}, and no other vendor than yours is set up` : unnamed;
  if (model !== undefined) return { provider: id, model: model.id, why: byCatalog(`${said}; the best choice at ${id}`, known) };
  const listed = listedDefault(known, provider);
  return listed && { provider: id, model: listed.model, why: `${said}; ${listed.why}` };
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
  const named = list([...ready.flatMap((provider) => examples(known, provider)), 'provider/model'].slice(0, MAX_SHOWN), 'or');
  throw new Failure(
    'config',
    `No model was named, and ${ids} ${ready.length === 1 ? 'has' : 'have'} none by default: name one as ${named}, or set default_model.`,
  );
}
