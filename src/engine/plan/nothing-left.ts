import { type Catalog, isRetired } from '../../catalog/catalog.ts';
import type { Config } from '../../config/config.ts';
import { setupOf } from '../../config/of-model.ts';
import { catalogKey, isRoutable } from '../../config/setup.ts';
import { refText } from '../../core/chat.ts';
import { today } from '../../core/day.ts';
import { Failure } from '../../core/errors.ts';
import { type ModelFacts, TIERS } from '../../core/model.ts';
import { list } from '../../core/text.ts';
import { carriesOf } from '../../wires/index.ts';
import { abilityOf, meets, type Need } from '../models/needs.ts';
import type { Plan } from './plan.ts';

/** Where to look for a model that could do it. */
type Source = { config: Config; catalog: () => Promise<Catalog>; isAllowed: (ref: string) => boolean };

/** At most so many models are named that have what another lacks. */
const MAX_NAMED = 3;

const placeOf = ({ tier }: ModelFacts): number => (tier === undefined ? TIERS.length : TIERS.indexOf(tier));

/** Models that can be called now and are known to meet a need: one a provider first, those with a place in a line first. */
async function ableTo(need: Need, { config, catalog, isAllowed }: Source): Promise<string[]> {
  const known = await catalog();
  const day = today();
  const able = config.providers.filter(isRoutable).flatMap((setup) => {
    const models = known
      .models(catalogKey(setup))
      .filter((facts) => !isRetired(facts, day) && meets(need, { facts, carries: carriesOf(setupOf(setup, facts.id).provider) }))
      .toSorted((a, b) => placeOf(a) - placeOf(b));
    return models
      .map(({ id }) => refText({ provider: setup.provider.id, model: id }))
      .filter(isAllowed)
      .map((name, nth) => ({ name, nth }));
  });
  return able
    .toSorted((a, b) => a.nth - b.nth)
    .slice(0, MAX_NAMED)
    .map(({ name }) => name);
}

/** Nothing is left to ask: the failure of the first model that was meant, with what to do about it. */
export async function nothingLeft({ dropped }: Plan, source: Source): Promise<Failure> {
  const [first, ...others] = dropped;
  if (first === undefined) return new Failure('config', 'There is no model to ask');
  if (first.whole) return new Failure(first.kind, first.reason);
  const also = others.map(({ model, reason }) => `${refText(model)}: ${reason}`);
  const told = [`${refText(first.model)} was not asked: ${first.reason}`, ...also].join('; ');
  if (first.need === undefined) return new Failure(first.kind, told);
  const { does, param } = abilityOf(first.need);
  if (does === undefined) return new Failure(first.kind, told, { param, remedied: true });
  const able = await ableTo(first.need, source);
  return able.length === 0
    ? new Failure(first.kind, told, { param })
    : new Failure(first.kind, `${told}. These can be called now and ${does}: ${list(able)}`, { param, remedied: true });
}
