import type { Catalog } from '../../catalog/catalog.ts';
import { catalogKey, type Setup } from '../../config/setup.ts';
import { userText } from '../../core/chat.ts';
import { failureIn } from '../../core/errors.ts';
import { callFor } from '../attempt/attempt.ts';
import type { Partners } from '../attempt/partners.ts';
import { type Body, parametersIn } from './parameters.ts';
import type { Prices } from './quote.ts';

/** Where a request says how long an answer may be: the fields of each wire. */
const FIELDS: ReadonlySet<string> = new Set([
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'maxOutputTokens',
  'maxTokens',
]);

/** The output limit of a request, in tokens, the user's own `extra_body` included; undefined: it has none. Pure. */
function outputLimitIn(body: Body): number | undefined {
  const limits = parametersIn(body).flatMap(([name, value]) =>
    FIELDS.has(name) && typeof value === 'number' && value > 0 ? [value] : [],
  );
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** Tells the output limit of what would be sent to a model; the conversation has no say in it and is left out. */
export const outputLimits =
  (partners: Pick<Partners, 'write'>, setups: ReadonlyMap<string, Setup>, catalog: Catalog): Prices['outputLimit'] =>
  (target, ask) => {
    const setup = setups.get(target.provider);
    if (setup === undefined) return undefined;
    const one = { target, facts: catalog.facts(catalogKey(setup), target.model), quirks: setup.provider.quirks };
    try {
      return outputLimitIn(partners.write(target, callFor(one, { ...ask, messages: [userText('')] })).body);
    } catch (error) {
      if (failureIn(error) === undefined) throw error;
      return undefined;
    }
  };
