import type { Catalog } from '../../catalog/catalog.ts';
import { setupOf } from '../../config/of-model.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { userText } from '../../core/chat.ts';
import { failureIn } from '../../core/errors.ts';
import { callFor } from '../attempt/attempt.ts';
import type { Partners } from '../attempt/partners.ts';
import type { Prices } from './quote.ts';

/** Tells the output limit of what would be sent to a model, `extra_body` included. The conversation has no say in it and is left out. */
export const outputLimits =
  (partners: Pick<Partners, 'write'>, setups: ReadonlyMap<string, Setup>, catalog: Catalog): Prices['outputLimit'] =>
  (target, ask) => {
    const setup = setups.get(target.provider);
    if (setup === undefined) return undefined;
    const one = {
      target,
      facts: catalog.facts(catalogKey(setup), target.model),
      quirks: setupOf(setup, target.model).provider.quirks,
    };
    try {
      return partners.write(target, callFor(one, { ...ask, messages: [userText('')] })).outputLimit;
    } catch (error) {
      if (failureIn(error) === undefined) throw error;
      return undefined;
    }
  };
