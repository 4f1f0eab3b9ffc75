import { oldAge } from '../catalog/age.ts';
import { isRetired } from '../catalog/catalog.ts';
import type { LiveLists } from '../catalog/live.ts';
import { addressNames, catalogKey, isByNameOnly, isRoutable, needsText } from '../config/setup.ts';
import type { ModelRef } from '../core/chat.ts';
import { today } from '../core/day.ts';
import { defined } from '../core/defined.ts';
import { type ModelFacts, TIERS } from '../core/model.ts';
import { list } from '../core/text.ts';
import type { Engine } from './engine.ts';

/** One model that somebody offers; `missing` says what has to be set before it can be called. */
export type Listed = ModelRef & {
  facts: ModelFacts;
  missing?: string;
  byNameOnly?: boolean;
  /** The address at which it would be asked, when that is none of its vendor's own. */
  at?: string;
};

/** A provider that is not set up, and the variables that would change that. */
type Unset = { id: string; needs: string };

export type Inventory = {
  /** The catalogue's day. */
  date: string;
  /** The catalogue's age, where it is so old that it matters. */
  oldAge?: string;
  /** The number of providers that listed their models themselves, and the age of the oldest of these lists, in milliseconds. */
  live?: { providers: number; oldestMs: number };
  models: readonly Listed[];
  /** Providers without a list (proxies, custom endpoints): any model id is passed on to them. */
  open: readonly string[];
  unset: readonly Unset[];
  /** Providers that have a key and are called by their own name only. */
  byName: readonly string[];
  /** Servers on this machine that do not answer, by the ids of their providers: where they were asked, and what moves that. */
  silent: ReadonlyMap<string, { address: string; variables: string }>;
};

/** Two programs may use one port by default: where one of them answers, the other is not known to be silent. */
function silentOnes({ config }: Engine, live: LiveLists): Inventory['silent'] {
  const local = config.providers.filter(({ provider, missing }) => provider.local && provider.list && missing === undefined);
  const answering = new Set(local.filter((setup) => live.has(catalogKey(setup))).map(({ baseUrl }) => baseUrl));
  const silent = local.filter(({ baseUrl }) => !answering.has(baseUrl));
  return new Map(
    silent.map(({ provider, baseUrl = '' }) => [
      provider.id,
      { address: baseUrl, variables: list(addressNames(provider), 'or') },
    ]),
  );
}

const placeOf = ({ facts }: Listed): number => (facts.tier === undefined ? TIERS.length : TIERS.indexOf(facts.tier));

/** Tells whether it can be called, and may be chosen without being named. */
export const isReady = ({ missing, byNameOnly }: Listed): boolean => missing === undefined && !byNameOnly;

/** Puts models first that can be called, then those with a place in their maker's line, then all as the providers come. */
const byUse = (a: Listed, b: Listed): number =>
  Number(!isReady(a)) - Number(!isReady(b)) ||
  Number(a.missing !== undefined) - Number(b.missing !== undefined) ||
  Number(a.facts.tier === undefined) - Number(b.facts.tier === undefined) ||
  (a.provider === b.provider ? placeOf(a) - placeOf(b) : 0);

/** Everything that is known to exist, ranked by what the caller can use, and which providers are not set up. */
export async function inventory(engine: Engine): Promise<Inventory> {
  const { config, catalog, lists } = engine;
  await lists.findLocal();
  const [known, live] = await Promise.all([catalog(), lists.current()]);
  const day = today();
  const listed = config.providers.flatMap((setup) => {
    const status = {
      ...defined({ missing: setup.missing }),
      ...(isByNameOnly(setup) ? { byNameOnly: true } : {}),
      ...(setup.moved && !setup.provider.local ? defined({ at: setup.baseUrl }) : {}),
    };
    const current = known.models(catalogKey(setup)).filter((facts) => !isRetired(facts, day));
    return current.map((facts) => ({ provider: setup.provider.id, model: facts.id, facts, ...status }));
  });
  // A server on this machine that does not answer is not worth a line, unless its address was set.
  const open = config.providers.filter((setup) => known.models(catalogKey(setup)).length === 0 && isRoutable(setup));
  const oldest = Math.min(...[...live.values()].map(({ fetchedAt }) => fetchedAt));
  return {
    date: known.date,
    ...defined({ oldAge: oldAge(known, day) }),
    ...(live.size === 0 ? {} : { live: { providers: live.size, oldestMs: Date.now() - oldest } }),
    models: listed.toSorted(byUse),
    open: open.map(({ provider }) => provider.id),
    unset: config.providers.flatMap(({ provider, needs }) =>
      needs.length === 0 ? [] : [{ id: provider.id, needs: needsText(needs) }],
    ),
    byName: config.providers.flatMap((setup) => {
      // Nobody knows what a machine's identity opens before it is asked.
      const hasKey = setup.key !== undefined || setup.keyCommand !== undefined;
      return hasKey && isByNameOnly(setup) ? [setup.provider.id] : [];
    }),
    silent: silentOnes(engine, live),
  };
}
