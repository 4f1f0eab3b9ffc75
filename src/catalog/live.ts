import { z } from 'zod';
import { dayOf } from '../core/day.ts';
import type { ModelFacts, Rates } from '../core/model.ts';
import { clip, oneLine } from '../core/text.ts';
import { type Catalog, STAND_IN, withRatesDate } from './catalog.ts';

/**
 * An id as ids are, and as files are called on somebody's disk: letters of any script, paths of Windows, a few blanks. What
 * else a list holds could carry control characters or sentences into a host.
 */
const ID = /^(?=.{1,200}$)[\p{L}\p{M}\p{N}._:/\\@+~,()=[\]{}&'#%!$^-]+(?: [\p{L}\p{M}\p{N}._:/\\@+~,()=[\]{}&'#%!$^-]+){0,8}$/u;

/** The most models of one list that are read: the longest lists of vendors have about a thousand. */
const MAX_LISTED = 5000;

/** What a provider itself lists, and when it was asked (epoch milliseconds). */
export type LiveList = { fetchedAt: number; models: readonly ModelFacts[] };

/** By catalogue key. */
export type LiveLists = ReadonlyMap<string, LiveList>;

// An empty text is no price, though `Number` makes a nought of it.
const amount = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number().min(0))
  .optional()
  .catch(undefined);
const words = z.array(z.string()).optional().catch(undefined);
const tokens = z.int().min(1).optional().catch(undefined);

/** One entry of a list, in the fields that vendors use; whatever else it says, and whatever is odd in it, is passed over. */
const entry = z.object({
  id: z.string().optional(),
  name: z.string().optional().catch(undefined),
  displayName: z.string().optional().catch(undefined),
  display_name: z.string().optional().catch(undefined),
  context_length: tokens,
  context_window: tokens,
  max_context_length: tokens,
  max_model_len: tokens,
  max_input_tokens: tokens,
  inputTokenLimit: tokens,
  max_completion_tokens: tokens,
  max_output_tokens: tokens,
  max_tokens: tokens,
  outputTokenLimit: tokens,
  top_provider: z.object({ max_completion_tokens: tokens }).optional().catch(undefined),
  architecture: z.object({ input_modalities: words }).optional().catch(undefined),
  input_modalities: words,
  supportedGenerationMethods: words,
  endpoints: words,
  type: z.string().optional().catch(undefined),
  pricing: z
    .object({ prompt: amount, completion: amount, input: amount, output: amount, request: amount, hourly: amount })
    .optional()
    .catch(undefined),
});

type Entry = z.output<typeof entry>;

const list = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()).nullable() }).transform(({ data }) => data ?? []),
  z.object({ models: z.array(z.unknown()) }).transform(({ models }) => models),
  z.object({ result: z.array(z.unknown()) }).transform(({ result }) => result),
]);

/** What is listed beside models that answer, told by its name where the list does not say. */
const NO_CHAT =
  /embed|whisper|\btts\b|-tts|transcri|moderation|rerank|dall-e|gpt-image|imagen|\bveo\b|veo-|\bsora\b|sora-|realtime|stable-diffusion|\bflux\b|bge-|speech|-audio\b/i;

const idOf = ({ id, name }: Entry): string => (id ?? name ?? '').replace(/^models\//, '');

function chats(model: Entry): boolean {
  const methods = model.supportedGenerationMethods;
  const kind = model.type?.toLowerCase();
  return (
    ID.test(idOf(model)) &&
    !NO_CHAT.test(idOf(model)) &&
    (methods === undefined || methods.includes('generateContent')) &&
    (model.endpoints === undefined || model.endpoints.includes('chat')) &&
    (kind === undefined || !/embedding|image|audio|rerank|moderation|transcribe|video/.test(kind))
  );
}

const SEEN = ['image', 'pdf', 'audio', 'video'] as const;

/** `image` for `image`, `pdf` for `file` and `document`; what nobody here can send is left out. */
function inputOf(model: Entry): Pick<ModelFacts, 'input'> {
  const said = model.architecture?.input_modalities ?? model.input_modalities;
  if (said === undefined) return {};
  const plain = new Set(
    said.map((word) => word.toLowerCase()).map((word) => (word === 'file' || word === 'document' ? 'pdf' : word)),
  );
  return { input: SEEN.filter((kind) => plain.has(kind)) };
}

/** Lists say dollars per token, the catalogue dollars per million. */
function ratesOf({ pricing }: Entry): Pick<ModelFacts, 'rates'> {
  const [input, output] = [pricing?.prompt ?? pricing?.input, pricing?.completion ?? pricing?.output];
  const perMillion = (price: number) => Number((price * 1_000_000).toPrecision(6));
  // More than a tenth of a cent per token is no price per token: some lists are per million already, and not all say so.
  if (input === undefined || output === undefined || input > 0.001 || output > 0.001) return {};
  // What is paid by the hour or the request costs nothing by the token, and is not free.
  if (input === 0 && output === 0 && ((pricing?.hourly ?? 0) > 0 || (pricing?.request ?? 0) > 0)) return {};
  return { rates: { input: perMillion(input), output: perMillion(output) } };
}

function factsOf(model: Entry): ModelFacts {
  const context =
    model.context_length ??
    model.context_window ??
    model.max_context_length ??
    model.max_model_len ??
    model.inputTokenLimit ??
    model.max_input_tokens;
  const maxOutput =
    model.top_provider?.max_completion_tokens ??
    model.max_completion_tokens ??
    model.max_output_tokens ??
    model.outputTokenLimit ??
    model.max_tokens;
  const name = model.displayName ?? model.display_name ?? (model.id === undefined ? undefined : model.name);
  return {
    id: idOf(model),
    ...(name === undefined ? {} : { name: clip(oneLine(name), 100) }),
    ...(context === undefined ? {} : { context }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...inputOf(model),
    ...ratesOf(model),
  };
}

/** The models that answer in what a provider lists; undefined when the body is no list. Pure. */
export function readModelList(body: unknown): ModelFacts[] | undefined {
  const listed = list.safeParse(body);
  if (!listed.success) return undefined;
  const models = listed.data
    .slice(0, MAX_LISTED)
    .flatMap((item) => entry.safeParse(item).data ?? [])
    .filter(chats);
  return [...new Map(models.map((model) => [idOf(model), factsOf(model)])).values()];
}

type AllRates = NonNullable<ModelFacts['rates']>;

/**
 * The rates that a list gives, with those for the cache and for long prompts that only the catalogue has: in proportion, where
 * the list's base is another. A list that leaves them out does not say that there are none.
 */
function scaledTo(listed: AllRates, known: AllRates): AllRates {
  const proportion = (ours: number, theirs: number) => (ours === theirs ? 1 : theirs / ours);
  const [input, output] = [proportion(known.input, listed.input), proportion(known.output, listed.output)];
  if (!Number.isFinite(input) || !Number.isFinite(output)) return listed;
  const times = (rate: number, by: number) => Number((rate * by).toPrecision(6));
  const cache = ({ cacheRead, cacheWrite }: Rates) => ({
    ...(cacheRead === undefined ? {} : { cacheRead: times(cacheRead, input) }),
    ...(cacheWrite === undefined ? {} : { cacheWrite: times(cacheWrite, input) }),
  });
  const above = known.above?.map((tier) => ({
    inputTokens: tier.inputTokens,
    input: times(tier.input, input),
    output: times(tier.output, output),
    ...cache(tier),
  }));
  return { ...cache(known), ...(above === undefined ? {} : { above }), ...listed };
}

/**
 * The catalogue with what providers list themselves over it: their word on presence and price, ours on everything else. What a list
 * lacks is offered and chosen no more, and is still known to whoever names it: a list may be of one page, or of one key.
 */
export function withLive(catalog: Catalog, live: LiveLists): Catalog {
  if (live.size === 0) return catalog;
  const lines = new Map(
    // An empty list says nothing: whoever can be called serves something.
    [...live].flatMap(([key, { models, fetchedAt }]) => {
      const day = dayOf(fetchedAt);
      const line = models.map((facts) => [facts.id.toLowerCase(), withRatesDate(facts, day)] as const);
      return models.length === 0 ? [] : [[key, new Map(line)] as const];
    }),
  );
  const listed = (key: string, model: string) => lines.get(key)?.get(model.toLowerCase());
  /** What the catalogue calls those models that are listed: a release and its dated form have one name. */
  const names = new Map(
    [...lines].map(([key, line]) => {
      const known = [...line.keys()].filter((id) => catalog.has(key, id));
      return [key, new Set(known.flatMap((id) => catalog.facts(key, id).name ?? []))] as const;
    }),
  );
  /** Under its own name, or under that of a dated release. */
  const serves = (key: string, model: string): boolean => {
    const line = lines.get(key);
    return (
      line === undefined || line.has(model.toLowerCase()) || (names.get(key)?.has(catalog.facts(key, model).name ?? '') ?? false)
    );
  };
  const joined = (key: string, facts: ModelFacts): ModelFacts => {
    const own = listed(key, facts.id);
    const rates = own?.rates && facts.rates ? scaledTo(own.rates, facts.rates) : (own?.rates ?? facts.rates);
    return { ...facts, ...own, id: facts.id, ...(rates === undefined ? {} : { rates }) };
  };
  return {
    ...catalog,
    has: (key, model) => listed(key, model) !== undefined || catalog.has(key, model),
    facts: (key, model) =>
      catalog.has(key, model) ? joined(key, catalog.facts(key, model)) : (listed(key, model) ?? { id: model }),
    models(key) {
      const known = catalog.models(key).filter(({ id }) => serves(key, id));
      const ids = new Set(known.map(({ id }) => id.toLowerCase()));
      const more = [...(lines.get(key)?.entries() ?? [])].flatMap(([id, facts]) =>
        ids.has(id) ? [] : [catalog.has(key, facts.id) ? joined(key, catalog.facts(key, facts.id)) : facts],
      );
      return [...known.map((facts) => joined(key, facts)), ...more];
    },
    tier(key, tier) {
      // A provider that lists its models and not this one does not serve it (to this key): its neighbour in the line may do.
      const line = [tier, STAND_IN[tier]].flatMap((place) => (place === undefined ? [] : (catalog.tier(key, place) ?? [])));
      // Its name has to mean something all the same: only what is about cost is left empty.
      const facts = line.find((one) => serves(key, one.id)) ?? (tier === 'fast' ? undefined : line[0]);
      return facts === undefined ? undefined : joined(key, facts);
    },
    providersOf: (model) => [
      ...new Set([
        ...catalog.providersOf(model),
        ...[...lines].flatMap(([key, line]) => (line.has(model.toLowerCase()) ? [key] : [])),
      ]),
    ],
  };
}
