import catalog from '../../src/catalog/models.json' with { type: 'json' };
import type { ModelFacts } from '../../src/core/model.ts';
import type { Row } from './rows.ts';

type Facts = Omit<ModelFacts, 'id'>;

/** The providers that the catalogue describes. */
export const KNOWN_PROVIDERS: ReadonlySet<string> = new Set(Object.keys(catalog.providers));

/** A real model of the row's provider of which the catalogue knows that `holds`; undefined where there is none. */
export function modelWhere({ provider }: Row, holds: (facts: Facts) => boolean): ModelFacts | undefined {
  const key = provider.catalog === undefined ? provider.id : provider.catalog;
  const models = Object.entries(catalog.providers).find(([id]) => id === key)?.[1] ?? {};
  const found = Object.entries<Facts>(models).find(([, facts]) => holds(facts));
  return found === undefined ? undefined : { id: found[0], ...found[1] };
}

/** It takes no temperature, ever. */
export const withoutTemperature = (facts: Facts): boolean => facts.temperature === 'no';

/** It does not think. */
export const withoutThinking = ({ efforts }: Facts): boolean => efforts !== undefined && Object.keys(efforts).length === 0;

/** It thinks, but not at most. */
export const belowMax = ({ efforts }: Facts): boolean => efforts?.low !== undefined && efforts.max === undefined;

/** It is known how much it gives. */
export const bounded = ({ maxOutput }: Facts): boolean => maxOutput !== undefined;
