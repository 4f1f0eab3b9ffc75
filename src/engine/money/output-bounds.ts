import type { Catalog } from '../../catalog/catalog.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { userText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { failureIn } from '../../core/errors.ts';
import { callFor } from '../attempt/attempt.ts';
import type { Partners } from '../attempt/partners.ts';
import type { Prices } from './quote.ts';

/** Tells what bounds the output of what would be sent to a model, `extra_body` included. The conversation has no say in it and is left out. */
export const outputBounds =
  (partners: Pick<Partners, 'write'>, setups: ReadonlyMap<string, Setup>, catalog: Catalog): Prices['outputBounds'] =>
  (target, ask) => {
    const setup = setups.get(target.provider);
    if (setup === undefined) return { answers: 1 };
    const one = { target, facts: catalog.facts(catalogKey(setup), target.model) };
    try {
      const { outputLimit, answers } = partners.write(target, callFor(one, { ...ask, messages: [userText('')] }));
      return { answers, ...defined({ limit: outputLimit }) };
    } catch (error) {
      if (failureIn(error) === undefined) throw error;
      return { answers: 1 };
    }
  };
