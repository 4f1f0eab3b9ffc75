import { z } from 'zod';
import { EFFORTS, refText } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { dollars } from '../core/money.ts';
import { didYouMean } from '../core/nearest.ts';
import { age, clip, count, duration, list, oneLine, plural } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { inventory, type Inventory, isReady, type Listed } from '../engine/inventory.ts';
import { rankedFor } from '../engine/route.ts';
import { type ListPrice, type Observed, observed, priceList } from '../engine/spending.ts';
import { defineTool, lines } from './define.ts';
import { modelName } from './params.ts';

const DEFAULT_LIMIT = 20;

const tokens = (n: number): string => (n >= 1_000_000 ? `${Number((n / 1_000_000).toFixed(2))}M` : `${Math.round(n / 1000)}k`);

function effortsText({ efforts }: Listed['facts']): string {
  const taken = EFFORTS.filter((effort) => efforts?.[effort] !== undefined);
  if (taken.length === 0) return '';
  return taken.length === 1 ? `effort ${taken[0]}` : `effort ${taken[0]} to ${taken.at(-1)}`;
}

/** Says what its calls were like lately: `seen $0.0031 and 4.2 s a call, 12 times`. */
const seenText = ({ nanoUsd, ms, calls }: Observed): string =>
  `seen ${nanoUsd === undefined ? '' : `${dollars(nanoUsd)} and `}${duration(ms)} a call, ${plural(calls, 'time')}`;

/** `openai/gpt-6.1-sol · 272k context · image, pdf · effort low to max · $2/$10 · ready`. */
function line(listed: Listed, seen: ReadonlyMap<string, Observed>, priceOf: (listed: Listed) => ListPrice | undefined): string {
  const { facts, missing, byNameOnly, at } = listed;
  // The prices of another address are not those that its vendor lists.
  const rates = at === undefined ? priceOf(listed) : undefined;
  const price =
    rates === undefined ? 'price unknown' : rates.input + rates.output === 0 ? 'free' : `$${rates.input}/$${rates.output}`;
  const history = seen.get(refText(listed));
  const columns = [
    refText(listed),
    facts.context === undefined ? '' : `${tokens(facts.context)} context`,
    facts.input?.join(', ') ?? '',
    effortsText(facts),
    price,
    history === undefined ? '' : seenText(history),
    missing !== undefined ? 'not set up' : byNameOnly ? 'by name only' : at === undefined ? 'ready' : `ready at ${at}`,
  ];
  return `- ${columns.filter((column) => column !== '').join(' · ')}`;
}

/** The key of a list's fields for programs. */
const LIST_KEY = 'switchboard/models';

/** Returns one model as fields: prices in dollars per million tokens, the context in tokens. */
function toFields(
  listed: Listed,
  seen: ReadonlyMap<string, Observed>,
  priceOf: (listed: Listed) => ListPrice | undefined,
): Record<string, unknown> {
  const { provider, model, facts, missing, byNameOnly = false, at } = listed;
  // What another address takes is not what its vendor lists.
  const price = at === undefined ? priceOf(listed) : undefined;
  const { name, context, input, efforts, tier, retires } = facts;
  return {
    id: refText(listed),
    provider,
    model,
    status: missing !== undefined ? 'not_set_up' : byNameOnly ? 'by_name_only' : 'ready',
    ...defined({ name, context, input, tier, retires, missing, at, price, seen: seen.get(refText(listed)) }),
    ...(efforts === undefined ? {} : { efforts: EFFORTS.filter((effort) => efforts[effort] !== undefined) }),
  };
}

type Filter = { query?: string | undefined; provider?: string | undefined; available_only?: boolean | undefined };

function matches(filter: Filter, listed: Listed): boolean {
  const words = (filter.query ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = `${refText(listed)} ${listed.facts.name ?? ''}`.toLowerCase();
  const wanted = filter.provider === undefined || listed.provider === filter.provider;
  return wanted && (!filter.available_only || listed.missing === undefined) && words.every((word) => haystack.includes(word));
}

/** The id of the provider that a user named, by id or by another of its names. */
function providerNamed({ config }: Engine, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const wanted = name.toLowerCase();
  const rows = config.providers.map(({ provider }) => provider);
  const found = rows.find(({ id, aliases = [] }) => id === wanted || aliases.includes(wanted));
  if (found !== undefined) return found.id;
  const ids = rows.map(({ id }) => id);
  throw new Failure('input', `There is no provider "${name}"${didYouMean(name, ids)}; the providers are ${list(ids)}`);
}

/** Names for models, with what each means, each name as `say` puts it. */
function namesIn({ aliases, agents }: Pick<Engine['config'], 'aliases' | 'agents'>, say: (name: string) => string): string {
  const named = [
    ...Object.values(agents).map(({ name, model }) => `${say(name)} (an agent${model === undefined ? '' : ` on ${model}`})`),
    ...Object.entries(aliases).map(([alias, target]) => `${say(alias)} (${target})`),
  ];
  return clip(oneLine(named.join(', ')), 2000);
}

/** The names that the user gave: what a host may call besides the ids. */
function ownNames({ config: { aliases, agents, projectFile } }: Engine): string[] {
  const own = namesIn({ aliases, agents }, String);
  if (projectFile === undefined) return own === '' ? [] : [`Names of the user's own: ${own}.`];
  const file = projectFile.name;
  // Anybody may have written it: its names stand in quotes, so that nobody takes them for words of ours.
  const given = namesIn(projectFile, (name) => `"${name}"`);
  const { passedOver } = projectFile;
  return [
    own === '' ? '' : `Names of the user's own: ${own}.`,
    given === '' ? '' : `Names that ${file} gives: ${given}.`,
    passedOver.length === 0
      ? ''
      : `Of ${file} these do not count, because the user's own config has them: ${clip(list(passedOver), 500)}.`,
  ].filter((sentence) => sentence !== '');
}

/** At most so many providers that are not set up are named with their variables: all of them would fill the page. */
const MAX_TAUGHT = 12;

const passedOn = (ids: readonly string[]): string =>
  `Any model id is passed on as it is to ${list(ids.map((id) => `${id}/<model>`))}.`;

/** Says how to reach what the list cannot show, and what to set to reach more: in full only where nothing can be called. */
function teaching({ open, unset, models }: Inventory): string[] {
  if (models.some(isReady)) {
    const more = `Not set up: ${list(unset.map(({ id }) => id))}; a list of one of them says what it needs.`;
    return [...(open.length === 0 ? [] : [passedOn(open)]), ...(unset.length === 0 ? [] : [more])];
  }
  const wanting = unset.slice(0, MAX_TAUGHT).map(({ id, needs }) => `${id} (${needs})`);
  const others = unset.slice(MAX_TAUGHT).map(({ id }) => id);
  return [
    open.length === 0 ? '' : passedOn(open),
    wanting.length === 0 ? '' : `To enable more, set a variable in the server's environment: ${wanting.join(', ')}.`,
    others.length === 0 ? '' : `Likewise ${list(others)}: a call to one says what it needs.`,
  ].filter((sentence) => sentence !== '');
}

/** Says what stands between the caller and the one provider that was asked for. */
function hindrance({ config }: Engine, { open, silent }: Inventory, id: string): string[] {
  const setup = config.providers.find(({ provider }) => provider.id === id);
  if (setup?.missing !== undefined) return [`${setup.missing}.`];
  const { address, variables } = silent.get(id) ?? {};
  if (address !== undefined)
    return [`${setup?.provider.title} does not answer at ${address}: start it there, or set ${variables} to where it is.`];
  return open.includes(id) ? [passedOn([id])] : [];
}

const rangeText = (found: number, shown: number, offset: number): string => {
  if (found > 0 && shown === 0) return `none, because offset ${count(offset)} is past the last of ${plural(found, 'model')}`;
  if (shown === found) return plural(found, 'model');
  return `models ${count(offset + 1)} to ${count(offset + shown)} of ${count(found)}`;
};

/** Says what can be called where no known model is ready: any of an endpoint without a list, or those that are named. */
function otherwise({ open, byName }: Inventory): string {
  if (open.length > 0) return `Any model of ${list(open)} can be called now`;
  return byName.length > 0
    ? `Models of ${list(byName)} can be called now, each by its own name only`
    : 'No model can be called yet';
}

function head(all: Inventory, found: number, shown: number, offset: number): string {
  const { date, live, models } = all;
  const ready = models.filter(isReady).length;
  const callable = ready === 0 ? otherwise(all) : `${plural(ready, 'known model')} can be called now`;
  const fresh =
    live === undefined ? '' : `, live lists of ${plural(live.providers, 'provider')}, the oldest ${age(live.oldestMs)} old`;
  return `${callable}. Here: ${rangeText(found, shown, offset)} (catalogue of ${date}${fresh}; prices in $ per million tokens, in/out).`;
}

/** Says what an old catalogue lacks, and what to do about it. */
const aged = ({ oldAge }: Inventory): string[] =>
  oldAge === undefined
    ? []
    : [
        `The catalogue is ${oldAge}: newer models and prices are missing. Install a newer version of this program; \`switchboard models --refresh\` fetches the providers' own lists.`,
      ];

export const listModels = defineTool({
  name: 'list_models',
  kind: 'reads',
  title: 'List models',
  description: lines(
    'Lists models of all vendors with context, inputs, efforts and price, and what to set to reach more.',
    'Use it to find an id.',
    'Not needed before every call.',
  ),
  input: z.object({
    query: z.string().max(200).optional().describe('Words that the id or name contains.'),
    provider: modelName.optional().describe('Only this provider.'),
    task: z.string().max(60).optional().describe('Ranked for this task (route_by_task).'),
    available_only: z.boolean().optional().describe('Only those that can be called now.'),
    limit: z.int().min(1).max(200).optional().describe(`How many. Default ${DEFAULT_LIMIT}.`),
    offset: z.int().min(0).max(100_000).optional().describe('How many to skip.'),
  }),
  async run({ limit = DEFAULT_LIMIT, offset = 0, task, provider, ...filters }, { engine }) {
    const filter = { ...filters, provider: providerNamed(engine, provider) };
    const all = await inventory(engine);
    const ranked = task === undefined ? all.models : await rankedFor(engine, task);
    const found = ranked.filter((listed) => matches(filter, listed));
    const shown = found.slice(offset, offset + limit);
    const [seen, priceOf] = await Promise.all([observed(engine), priceList(engine)]);
    const left = found.length - offset - shown.length;
    const more = left > 0 ? [`${count(left)} more: offset ${offset + shown.length}.`] : [];
    const teaches = found.length === 0 || (filters.query === undefined && task === undefined);
    const general = teaches ? [...ownNames(engine), ...teaching(all)] : [];
    return {
      data: {
        [LIST_KEY]: {
          catalogue: all.date,
          total: found.length,
          offset,
          models: shown.map((one) => toFields(one, seen, priceOf)),
        },
      },
      text: [
        head(all, found.length, shown.length, offset),
        ...aged(all),
        ...shown.map((listed) => line(listed, seen, priceOf)),
        ...more,
        ...(filter.provider === undefined ? general : hindrance(engine, all, filter.provider)),
      ].join('\n'),
    };
  },
});
