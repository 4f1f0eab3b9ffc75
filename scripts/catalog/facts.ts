import type { ModelFacts, Rates } from '../../src/core/model.ts';
import { effortsOf } from './efforts.ts';
import { canonicalId } from './ids.ts';
import { type Rule, RULES } from './rules.ts';
import type { SourceModel, SourceRates } from './source.ts';

const INPUTS = ['image', 'pdf', 'audio', 'video'] as const;
const FREE = /[:-]free$/;

/** The source writes 0 for a cache rate that a vendor does not list: such tokens cost what input costs. */
function rate({ input, output, cacheRead, cacheWrite }: SourceRates): Rates {
  return {
    input,
    output,
    ...(cacheRead > 0 ? { cacheRead } : {}),
    ...(cacheWrite > 0 ? { cacheWrite } : {}),
  };
}

/** A price of 0 is one only where the name says so; elsewhere it means that the source has none. */
function ratesOf({ id, cost }: SourceModel): ModelFacts['rates'] {
  if (cost.input === 0 && cost.output === 0) return FREE.test(id) ? { input: 0, output: 0 } : undefined;
  const above = cost.tiers?.map((tier) => ({ inputTokens: tier.inputTokensAbove, ...rate(tier) }));
  return { ...rate(cost), ...(above ? { above } : {}) };
}

/** The rules for one model at one provider, merged: the last word counts, inputs and refusals add up. */
function ruled(provider: string, id: string): Rule['set'] {
  const canonical = canonicalId(id);
  const holds = ({ at, model }: Rule) =>
    (at === undefined || at.includes(provider)) && (model instanceof RegExp ? model.test(canonical) : model.includes(id));
  return RULES.filter(holds).reduce<Rule['set']>(
    (merged, { set }) => ({
      ...merged,
      ...set,
      input: [...(merged.input ?? []), ...(set.input ?? [])],
      refuses: [...(merged.refuses ?? []), ...(set.refuses ?? [])],
    }),
    {},
  );
}

function effortsBy(set: Rule['set'], efforts: ModelFacts['efforts']): ModelFacts['efforts'] {
  if (efforts === undefined || set.efforts === 'unknown') return undefined;
  const kept = { ...efforts };
  for (const effort of set.refuses ?? []) delete kept[effort];
  return kept;
}

function temperatureOf(set: Rule['set'], model: SourceModel, efforts: ModelFacts['efforts']): ModelFacts['temperature'] {
  if (model.compat?.supportsTemperature === false || set.temperature === 'no') return 'no';
  // The rule is about models that think; their namesakes that do not (gpt-5-chat-latest) take any temperature.
  if (set.temperature === undefined || !model.reasoning) return undefined;
  return efforts?.none === undefined ? 'no' : 'at-none';
}

/** Whoever reads no images reads no other media: a rule about a family says nothing of its text-only members. */
function inputOf(set: Rule['set'], model: SourceModel): NonNullable<ModelFacts['input']> {
  if (!model.input.includes('image')) return [];
  return INPUTS.filter((input) => model.input.includes(input) || set.input?.includes(input));
}

/** What the catalogue says of `model` at `provider`: the source, then the rules. The id is the key of the entry. */
export function factsOf(provider: string, model: SourceModel, maker: SourceModel | undefined): Omit<ModelFacts, 'id'> {
  const set = ruled(provider, model.id);
  const efforts = effortsBy(set, effortsOf(provider, model, maker));
  const temperature = temperatureOf(set, model, efforts);
  const rates = ratesOf(model);
  const input = inputOf(set, model);
  return {
    name: model.name,
    context: set.context ?? model.contextWindow,
    maxOutput: model.maxTokens,
    input,
    ...(efforts === undefined ? {} : { efforts }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(set.json === undefined ? {} : { json: set.json }),
    ...(set.search === undefined ? {} : { search: set.search }),
    // The source lists only chat models that call tools.
    tools: true,
    ...(rates === undefined ? {} : { rates }),
  };
}
