import leven from 'leven';
import { Failure } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';
import { oldAge } from './age.ts';
import { currentModels, type Known } from './known.ts';
import { type Candidate, suggestModels } from './suggestions.ts';

const afterSlash = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** What may be suggested: models that are still served, of providers that can be called before others. */
function candidates(known: Known): Candidate[] {
  const { aliases, names = [], providers } = known;
  const plainly = (name: string, spellings: readonly string[]) => ({ name, spellings, providers: [], penalty: 0 });
  const models = providers.flatMap((provider) => {
    const { id, aliases: others = [], maker, ready } = provider;
    return currentModels(known, provider).map((model) => ({
      name: `${id}/${model.id}`,
      spellings: [model.id, afterSlash(model.id)],
      providers: [id, ...others],
      penalty: (ready ? 0 : 1) + (maker ? 0 : 0.3) + (model.retires ? 0.1 : 0) - (model.tier ? 0.3 : 0),
    }));
  });
  return [
    ...[...Object.keys(aliases), ...names].map((alias) => plainly(alias, [alias])),
    ...providers.map(({ id, aliases: others = [] }) => plainly(id, [id, ...others])),
    ...models,
  ];
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** Whether a name is that of a model or provider but for capitals and signs: `gpt5` for `gpt-5`. */
export function isSpelledLike(known: Known, name: string): boolean {
  const { providers } = known;
  const ids = providers.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
  const models = providers.flatMap((provider) => currentModels(known, provider).flatMap(({ id }) => [id, afterSlash(id)]));
  return [...ids, ...models].some((one) => plain(one) === plain(name));
}

/** More edits than these make another word. */
const MAX_EDITS = 2;

/** The same model at the provider that a misspelled one most likely means: `groq/foo` for `groqq/foo`. */
function atNearestProvider({ providers }: Known, text: string): string[] {
  const slash = text.indexOf('/');
  const asked = text.slice(0, Math.max(slash, 0)).toLowerCase();
  const near = providers
    .flatMap(({ id, aliases = [] }) => [id, ...aliases])
    .map((name) => ({ name, edits: leven(asked, name, { maxDistance: MAX_EDITS + 1 }) }))
    .filter(({ edits }) => edits <= MAX_EDITS && edits < asked.length / 2)
    .toSorted((a, b) => a.edits - b.edits)[0];
  return near === undefined ? [] : [`${near.name}${text.slice(slash)}`];
}

/** A name that an old catalogue does not know may well be right. */
function ageText({ catalog, today = catalog.date }: Known): string {
  const age = oldAge(catalog, today);
  return age === undefined ? '' : ` The catalogue is ${age}: a newer model is called by its whole name, provider/model.`;
}

/** What is told of a name that means nothing: the names nearest to it. */
export function unknownModel(known: Known, text: string): Failure {
  const missing = known.undeclared?.(text.replace(/[/:].*$/s, ''));
  if (missing !== undefined) return new Failure('config', missing);
  const models = suggestModels(text, candidates(known));
  const near = models.length > 0 ? models : atNearestProvider(known, text);
  const told = near.length > 0 ? ` Nearest: ${near.map((name) => clip(oneLine(name), 120)).join(', ')}.` : '';
  return new Failure('not_found', `No model "${clip(oneLine(text), 80)}" is known.${told}${ageText(known)}`);
}
