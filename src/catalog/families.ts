import type { ModelFacts } from '../core/model.ts';
import type { Catalog } from './catalog.ts';
import { currentModels, type Known, type KnownProvider } from './known.ts';

/** A model's id taken apart. */
type Anatomy = {
  /** Its words of two letters and more. */
  words: readonly string[];
  /** Its version, number by number; sizes and dates are none. */
  version: readonly number[];
  /** How many of its words stand before the version. */
  before: number;
};

/** A number of so many digits is a date: 2512, 20251101. */
const DATE_DIGITS = 4;

/** `us.anthropic.claude-opus-4-5` and `anthropic/claude-opus-4.5` are named by what stands last. */
const nameOf = (id: string): string =>
  id
    .slice(id.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^(?:[a-z][a-z-]*\.)+(?=[a-z])/, '');

const PIECE = /[a-z]+|\d+(?:[.p]\d+)*(?![.\d])[a-z]*/g;

function anatomyOf(id: string): Anatomy {
  const pieces = nameOf(id).match(PIECE) ?? [];
  const words = pieces.filter((piece) => /^[a-z]{2,}$/.test(piece));
  // `70b` is a size, and `4o` a name of its own.
  const isVersion = (piece: string) => /^\d[\d.p]*$/.test(piece) && piece.replace(/\D.*/, '').length < DATE_DIGITS;
  const first = pieces.findIndex(isVersion);
  const version = pieces.filter(isVersion).flatMap((piece) => piece.split(/[.p]/).map(Number));
  const before = pieces.slice(0, first === -1 ? undefined : first).filter((piece) => words.includes(piece)).length;
  return { words, version, before };
}

/** A word names a family when at least this many ids have it in its place. */
const ENOUGH = 5;
/** Hosts put makers' names before ids: so much of a family's ids, at least, begin with its name. */
const MOSTLY = 0.8;

/** How often each word follows another in all ids; the first word of an id follows none. */
function followings(catalog: Catalog, providers: readonly string[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { id } of providers.flatMap((provider) => catalog.models(provider))) {
    const { words } = anatomyOf(id);
    for (const [nth, word] of words.entries()) {
      const before = words[nth - 1] ?? '';
      const after = counts.get(word) ?? new Map<string, number>();
      counts.set(word, after.set(before, (after.get(before) ?? 0) + 1));
    }
  }
  return counts;
}

/**
 * The words that name a family of models, by all ids that are known: most ids with it begin with it (claude, llama), or it always
 * follows the same one (opus after claude). `pro`, `mini` and `fast` are words of many families, and name none.
 */
function familyWords(catalog: Catalog, providers: readonly string[]): ReadonlySet<string> {
  const counts = followings(catalog, providers);
  const names = [...counts].filter(([, befores]) => {
    const total = [...befores.values()].reduce((sum, n) => sum + n, 0);
    const first = befores.get('') ?? 0;
    return total >= ENOUGH && (first >= total * MOSTLY || (first === 0 && befores.size === 1));
  });
  return new Set(names.map(([word]) => word));
}

/** A name of nothing but words: whoever writes a number means one model. */
const WORDS = /^[a-z]{2,}(?:[\s._-]+[a-z]{2,})*$/i;

type Offer = { provider: KnownProvider; model: ModelFacts; anatomy: Anatomy };

/** A newer version first. */
function byVersion(a: Anatomy, b: Anatomy): number {
  const length = Math.max(a.version.length, b.version.length);
  for (let nth = 0; nth < length; nth += 1) {
    const difference = (b.version[nth] ?? -1) - (a.version[nth] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * What a family's name means: its maker's own API before others, a model with a place in its line before others, the newest
 * version, and of equals the one with the fewest other words in its name.
 */
function compare(a: Offer, b: Offer): number {
  const isPlaced = ({ provider, model }: Offer) => provider.maker === true && model.tier !== undefined;
  return (
    Number(b.provider.maker ?? false) - Number(a.provider.maker ?? false) ||
    Number(isPlaced(b)) - Number(isPlaced(a)) ||
    // Of two places in a line, the one that was named has no other words: flash is not flash-lite.
    (isPlaced(a) ? a.anatomy.words.length - b.anatomy.words.length : 0) ||
    a.anatomy.before - b.anatomy.before ||
    byVersion(a.anatomy, b.anatomy) ||
    a.anatomy.words.length - b.anatomy.words.length
  );
}

/** A family's current model: who serves it, and its id. */
export type Member = { provider: string; model: string; ready: boolean };

const memberOf = ({ provider: { id, ready }, model }: Offer): Member => ({ provider: id, model: model.id, ready });

/** `claude-sonnet-5.5` at one provider is `claude-sonnet-5-5` at another. */
const plain = (id: string): string => nameOf(id).replaceAll(/[^a-z0-9]/g, '');

/** A maker's model at a provider that is set up: the maker itself may not be. */
function served(known: Known, wanted: ModelFacts): Offer | undefined {
  const anatomy = anatomyOf(wanted.id);
  const offers = known.providers.flatMap((provider) =>
    provider.ready ? currentModels(known, provider).map((model) => ({ provider, model, anatomy })) : [],
  );
  return offers.find(({ model }) => plain(model.id) === plain(wanted.id));
}

/**
 * The model that the name of a family means (`opus`, `gemini-pro`, `llama`): of those that can be called the newest, else one
 * that its complaint about a missing key can name. `everyday`: the everyday model of the maker whose name it is as well.
 * Undefined: it names no family.
 */
export function familyMember(known: Known, name: string, everyday?: ModelFacts): Member | undefined {
  if (!WORDS.test(name)) return undefined;
  const asked = name.toLowerCase().split(/[\s._-]+/);
  const families = familyWords(
    known.catalog,
    known.providers.flatMap(({ id, catalog = id }) => catalog ?? []),
  );
  if (!asked.some((word) => families.has(word))) return undefined;
  const elsewhere = everyday && served(known, everyday);
  if (elsewhere !== undefined) return memberOf(elsewhere);
  const offers = known.providers
    .filter(({ byNameOnly }) => !byNameOnly)
    .flatMap((provider) => currentModels(known, provider).map((model) => ({ provider, model, anatomy: anatomyOf(model.id) })))
    .filter(({ anatomy }) => asked.every((word) => anatomy.words.includes(word)));
  const ready = offers.filter(({ provider }) => provider.ready);
  const [first] = (ready.length > 0 ? ready : offers).toSorted(compare);
  return first && memberOf(first);
}
