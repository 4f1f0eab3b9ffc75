import { type Effort, EFFORTS } from '../../src/core/chat.ts';
import type { ModelFacts } from '../../src/core/model.ts';
import { canonicalId } from './ids.ts';
import type { SourceModel } from './source.ts';

type Efforts = NonNullable<ModelFacts['efforts']>;
type Budgets = Partial<Record<Effort, number>>;

/** Accepted under its own name unless the source says otherwise; the rest only when it says so. */
const USUAL: ReadonlySet<Effort> = new Set(['none', 'minimal', 'low', 'medium', 'high']);

/** Thinking tokens by effort. Anthropic: at least 1,024 and below max_tokens, which is 32,000 on the oldest model here. */
const CLAUDE_BUDGETS: Budgets = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  max: 31_999,
};

/** Google's own translation of efforts into budgets, within each model's range (ai.google.dev/gemini-api/docs/thinking). */
const GEMINI_BUDGETS: readonly { model: RegExp; budgets: Budgets }[] = [
  {
    model: /^gemini-2-5-pro/,
    budgets: { minimal: 128, low: 1024, medium: 8192, high: 24_576, max: 32_768 },
  },
  {
    model: /^gemini-2-5-flash/,
    budgets: { none: 0, minimal: 512, low: 1024, medium: 8192, high: 24_576 },
  },
];

/** The providers whose APIs are the makers' own, where a budget is a number. The others translate from words. */
const NATIVE_CLAUDE: ReadonlySet<string> = new Set(['anthropic', 'bedrock']);
const NATIVE_GEMINI: ReadonlySet<string> = new Set(['google', 'vertex']);

/** Hosts of which the source knows the prices but hardly the efforts: there the maker's own entry speaks. */
const BY_MAKER: ReadonlySet<string> = new Set(['azure', 'bedrock', 'vercel']);

/** A switch and no more: any effort is "on". */
function isSwitch({ thinkingLevelMap, compat }: SourceModel): boolean {
  return compat?.supportsReasoningEffort === false && Object.values(thinkingLevelMap ?? {}).every((word) => word === null);
}

function words(model: SourceModel): Efforts {
  const map = model.thinkingLevelMap ?? {};
  const efforts: Efforts = {};
  for (const effort of EFFORTS) {
    const word = map[effort === 'none' ? 'off' : effort];
    if (typeof word === 'string') efforts[effort] = word;
    else if (word === undefined && USUAL.has(effort) && (!isSwitch(model) || effort === 'none' || effort === 'high'))
      efforts[effort] = effort;
  }
  return efforts;
}

/** Anthropic's API has no word for "none": thinking is `disabled`. */
function claude(model: SourceModel, accepted: Efforts): Efforts {
  const none: Efforts = accepted.none === undefined ? {} : { none: 'disabled' };
  if (!model.compat?.forceAdaptiveThinking) return { ...none, ...CLAUDE_BUDGETS };
  const { none: _, ...levels } = accepted;
  return { ...none, ...levels };
}

/**
 * The efforts that `model` takes at `provider`, or undefined where it thinks and nobody can say how much. `maker` is the
 * entry of the same model at its maker's API, where there is one.
 */
export function effortsOf(provider: string, model: SourceModel, maker: SourceModel | undefined): Efforts | undefined {
  if (!model.reasoning) return {};
  if (model.compat?.supportsReasoningEffort === false && model.compat.thinkingFormat === undefined) return undefined;
  const known = BY_MAKER.has(provider) && maker?.reasoning ? maker : model;
  const canonical = canonicalId(model.id);
  if (NATIVE_CLAUDE.has(provider) && canonical.startsWith('claude-')) return claude(known, words(known));
  const budgets = NATIVE_GEMINI.has(provider) ? GEMINI_BUDGETS.find((row) => row.model.test(canonical))?.budgets : undefined;
  return budgets ? { ...budgets } : words(known);
}
