import type { Note } from '../core/chat.ts';
import type { ModelFacts } from '../core/model.ts';
import type { Fitted } from './fit.ts';

/** The least thinking budget that Claude takes, in tokens; it has to stay below the output limit. */
const MIN_BUDGET = 1024;

/** Claude wants to be told how much it may say: as much as it gives, up to what any answer may need. Only what is used is billed. */
const MAX_TOKENS_UNASKED = 64_000;
const MAX_TOKENS_UNKNOWN = 8192;

export const boundUnasked = ({ maxOutput = MAX_TOKENS_UNKNOWN }: ModelFacts): number => Math.min(maxOutput, MAX_TOKENS_UNASKED);

type Effort = NonNullable<Fitted['effort']>;

/** A thinking budget that stays below the output limit (tokens), with a Note where that changes it; undefined: there is no room to think. */
export function budgetWithin(
  effort: Effort & { sent: number },
  maxTokens: number | undefined,
  notes: Note[],
): number | undefined {
  const budget = Math.min(effort.sent, (maxTokens ?? Infinity) - 1);
  if (budget < MIN_BUDGET) {
    notes.push({
      param: 'reasoning_effort',
      asked: effort.asked,
      sent: null,
      why: `thinking needs max_tokens above ${MIN_BUDGET}`,
    });
    return undefined;
  }
  if (budget < effort.sent) {
    const why = 'thinking has to stay below max_tokens';
    notes.push({ param: 'reasoning_effort', asked: `${effort.sent} tokens`, sent: `${budget} tokens`, why });
  }
  return budget;
}

/** The temperature beside thinking: Claude takes none but 1 there, so it is left out, with a Note. */
export function temperatureBeside(thinks: boolean, temperature: number | undefined, notes: Note[]): number | undefined {
  if (!thinks) return temperature;
  if (temperature !== undefined && temperature !== 1) {
    notes.push({ param: 'temperature', asked: String(temperature), sent: null, why: 'not taken together with thinking' });
  }
  return undefined;
}
