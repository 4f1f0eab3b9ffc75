import { currentModels, type Known, knownId, type KnownProvider } from './known.ts';

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9/]/g, '');

/** Finds other providers that can be called now and serve models of others: a server at home is for its own names only. */
const others = ({ providers }: Known, { id }: KnownProvider): KnownProvider[] =>
  providers.filter((other) => other.ready && !other.local && other.id !== id);

/** The id under which a provider serves what others call `maker/model`, dots and hyphens aside. */
const idAt = (known: Known, provider: KnownProvider, text: string): string | undefined =>
  knownId(known, provider, text) ?? currentModels(known, provider).find(({ id }) => plain(id) === plain(text))?.id;

/**
 * Names a provider that is set up and serves a model whose own provider is not, as the end of a sentence; undefined: none is
 * known. It is not asked instead: the words would go to a vendor that nobody chose.
 */
export function servedElsewhere(known: Known, provider: KnownProvider, text: string): string | undefined {
  const able = others(known, provider);
  for (const other of able) {
    const id = idAt(known, other, text);
    if (id !== undefined) return `${other.id} is set up and serves it: write ${other.id}/${id}`;
  }
  const maker = plain(text.slice(0, text.indexOf('/') + 1));
  const likely = able.find((other) => currentModels(known, other).some(({ id }) => plain(id).startsWith(maker)));
  return likely && `${likely.id} is set up and serves models of that maker: try ${likely.id}/${text}`;
}

/** Finds a provider that can be called now and serves a model under a maker's name before it: `gpt-5` is `openai/gpt-5` there. */
export function servedUnderMaker(known: Known, name: string): { provider: KnownProvider; model: string } | undefined {
  const wanted = `/${plain(name)}`;
  for (const provider of known.providers) {
    if (!provider.ready || provider.local) continue;
    const found = currentModels(known, provider).find(({ id }) => plain(id).endsWith(wanted));
    if (found !== undefined) return { provider, model: found.id };
  }
  return undefined;
}
