import type { Catalog } from '../../catalog/catalog.ts';
import { suggestModels } from '../../catalog/suggestions.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { type ModelRef, refText } from '../../core/chat.ts';
import type { Failure } from '../../core/errors.ts';
import { list } from '../../core/text.ts';

/** At most so many ids are named. */
const MAX_NAMED = 3;

/** The same model under ids with something before it, as for groups of regions: `us.` and `global.`, the region's own first. */
function profiles(ids: readonly string[], model: string, { settings }: Setup): string[] {
  const region = settings['region']?.split('-')[0] ?? '';
  const own = (id: string): number => (id.startsWith(`${region}.`) ? 0 : id.startsWith('global.') ? 1 : 2);
  return ids.filter((id) => id.endsWith(`.${model}`)).toSorted((a, b) => own(a) - own(b));
}

/** The ids at a provider that may have been meant by one that it does not serve. */
function idsNear({ model }: ModelRef, setup: Setup, catalog: Catalog): string[] {
  const { id } = setup.provider;
  const ids = catalog.models(catalogKey(setup)).map((facts) => facts.id);
  const exact = profiles(ids, model, setup);
  if (exact.length > 0) return exact.slice(0, MAX_NAMED).map((one) => refText({ provider: id, model: one }));
  const candidates = ids.map((one) => ({
    name: refText({ provider: id, model: one }),
    spellings: [one],
    providers: [],
    penalty: 0,
  }));
  return suggestModels(model, candidates).filter((name) => name !== refText({ provider: id, model }));
}

/** A failure over a model that its vendor does not serve, with the nearest that it is known to serve. */
export function withNearest(failure: Failure, target: ModelRef, setup: Setup | undefined, catalog: Catalog): Failure {
  const { unserved, advice } = failure.facts;
  const isUnknown = failure.kind === 'not_found' && unserved === undefined;
  if (setup === undefined || !(isUnknown || unserved === 'by this id')) return failure;
  const near = idsNear(target, setup, catalog);
  if (near.length === 0) return failure;
  const named = `the nearest known here: ${list(near, 'or')}`;
  return failure.with({
    advice: advice === undefined ? `${named}; list_models shows more` : `${advice}; ${named}`,
    remedied: false,
  });
}
