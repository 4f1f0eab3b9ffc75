import { type Catalog, isRetired } from '../../catalog/catalog.ts';
import type { Config } from '../../config/config.ts';
import { catalogKey, isRoutable } from '../../config/setup.ts';
import type { ModelRef } from '../../core/chat.ts';
import { today } from '../../core/day.ts';
import { TIERS } from '../../core/model.ts';
import type { Candidate } from '../../routing/choose.ts';

/** The providers and models to choose from. */
type Source = { config: Config; catalog: () => Promise<Catalog> };

/** At most so many models are compared when nobody names them. */
const MAX_PANEL = 3;

/** Every model with a place in a line that could be called now, provider by provider, the best first. */
export async function candidates({ config, catalog }: Source): Promise<Candidate[]> {
  const known = await catalog();
  const day = today();
  return config.providers.filter(isRoutable).flatMap((setup) => {
    const key = catalogKey(setup);
    const placed = TIERS.flatMap((tier) => {
      const facts = known.models(key).find((model) => model.tier === tier);
      return facts === undefined || isRetired(facts, day) ? [] : [{ provider: setup.provider.id, model: facts.id, facts, tier }];
    });
    return placed;
  });
}

/**
 * The best model of each of the first few vendors that are set up: makers before those who serve others' models, and the host's
 * own family last, because it is asked anyway.
 */
export async function panelOf(engine: Source, hostFamily?: string): Promise<ModelRef[]> {
  const all = await candidates(engine);
  const makers = new Set(engine.config.providers.flatMap(({ provider }) => (provider.maker ? [provider.id] : [])));
  const rank = ({ provider }: Candidate) => (provider === hostFamily ? 2 : makers.has(provider) ? 0 : 1);
  const first = all.filter(({ provider }, index) => all.findIndex((other) => other.provider === provider) === index);
  const best = first.toSorted((a, b) => rank(a) - rank(b));
  // A provider that serves models of many makers has an opinion of each of them.
  const makerOf = ({ model }: Candidate) => model.slice(0, Math.max(model.indexOf('/'), 0));
  const more = all.filter(
    (one) => !makers.has(one.provider) && !first.includes(one) && !first.some((other) => makerOf(other) === makerOf(one)),
  );
  const others = more.filter((one, index) => more.findIndex((other) => makerOf(other) === makerOf(one)) === index);
  const chosen = [...best, ...others].slice(0, MAX_PANEL);
  return chosen.map(({ provider, model }) => ({ provider, model }));
}
