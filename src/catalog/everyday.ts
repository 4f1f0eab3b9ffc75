import type { ModelFacts, Tier } from '../core/model.ts';
import { currentModels, type Known, type KnownProvider, placed } from './known.ts';
import { spellId } from './spelling.ts';

/** A model that a provider's name alone may mean, and why that one. */
export type Everyday = { model: string; why: string };

/** Places in a line, the one for everyday use first. */
const EVERYDAY: readonly Tier[] = ['balanced', 'best', 'fast'];

/** `anthropic/claude-sonnet-5.5` at one provider is `claude-sonnet-5-5` at another. */
const plain = (id: string): string =>
  id
    .slice(id.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/** The model of a provider that has the best place for everyday use in somebody else's line. */
function placedElsewhere(known: Known, models: readonly ModelFacts[]): ModelFacts | undefined {
  for (const tier of EVERYDAY) {
    const names = new Set(known.providers.flatMap((other) => placed(known, other, tier) ?? []).map(({ id }) => plain(id)));
    const found = models.find(({ id }) => names.has(plain(id)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The default that the user set for a provider, as its id. */
export const ownDefault = ({ defaultModel: usual, idForm }: KnownProvider): string | undefined =>
  usual === undefined ? undefined : spellId(usual, idForm);

/** The model that stands for a provider which has no place in the catalogue's lines, by what it lists. */
export function listedDefault(known: Known, provider: KnownProvider): Everyday | undefined {
  const { id, local, listed, ownNames } = provider;
  if (ownNames) return undefined;
  const models = currentModels(known, provider);
  const [first, ...others] = models;
  if (first === undefined) return undefined;
  if (others.length === 0 && listed) return { model: first.id, why: `the one model that ${id} has` };
  // A model that runs at home costs nothing, so the first will do.
  if (local) return { model: first.id, why: `the first of the ${models.length} models that ${id} has` };
  const found = placedElsewhere(known, models);
  return found && { model: found.id, why: `the everyday model of ${id}` };
}

/** At most so many ids are shown as examples. */
const MAX_EXAMPLES = 3;

/** Models of a provider as people write them, to choose from. */
export const examples = (known: Known, provider: KnownProvider): string[] =>
  provider.ownNames
    ? [`${provider.id}/<your deployment>`]
    : currentModels(known, provider)
        .slice(0, MAX_EXAMPLES)
        .map(({ id }) => `${provider.id}/${id}`);
