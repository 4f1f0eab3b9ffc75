import { isRetired } from '../catalog/catalog.ts';
import { catalogKey, needsText } from '../config/setup.ts';
import type { ModelRef } from '../core/chat.ts';
import { type ModelFacts, TIERS } from '../core/model.ts';
import type { Engine } from './engine.ts';

/** One model that somebody offers; `missing` says what has to be set before it can be called. */
export type Listed = ModelRef & { facts: ModelFacts; missing?: string };

/** A provider without a list of its own (local servers, proxies, custom endpoints): any model id is passed through. */
type Open = { id: string; missing?: string };

/** A provider that is not set up, and the variables that would change that. */
type Unset = { id: string; needs: string };

export type Inventory = { date: string; models: readonly Listed[]; open: readonly Open[]; unset: readonly Unset[] };

const placeOf = ({ facts }: Listed): number => (facts.tier === undefined ? TIERS.length : TIERS.indexOf(facts.tier));

/** What can be called first, what has a place in its maker's line before what has none, then as the providers come. */
const byUse = (a: Listed, b: Listed): number =>
  Number(a.missing !== undefined) - Number(b.missing !== undefined) ||
  Number(a.facts.tier === undefined) - Number(b.facts.tier === undefined) ||
  (a.provider === b.provider ? placeOf(a) - placeOf(b) : 0);

/** Everything that is known to exist, ranked by what the caller can use, and which providers are not set up. */
export async function inventory({ config, catalog }: Engine): Promise<Inventory> {
  const known = await catalog();
  const today = new Date().toISOString().slice(0, 10);
  const listed = config.providers.flatMap((setup) => {
    const key = catalogKey(setup);
    const missing = setup.missing === undefined ? {} : { missing: setup.missing };
    const current = key === undefined ? [] : known.models(key).filter((facts) => !isRetired(facts, today));
    return current.map((facts) => ({ provider: setup.provider.id, model: facts.id, facts, ...missing }));
  });
  const listless = (key: string | undefined) => key === undefined || known.models(key).length === 0;
  const open = config.providers.filter((setup) => listless(catalogKey(setup)));
  return {
    date: known.date,
    models: listed.toSorted(byUse),
    open: open.map(({ provider, missing }) => ({ id: provider.id, ...(missing === undefined ? {} : { missing }) })),
    unset: config.providers.flatMap(({ provider, needs }) =>
      needs.length === 0 ? [] : [{ id: provider.id, needs: needsText(needs) }],
    ),
  };
}
