import { z } from 'zod';
import { type Ask, EFFORTS, userText } from '../core/chat.ts';
import { PRIORITIES } from '../routing/tasks.ts';

/** The longest prompt in characters: far above any context window, so that only nonsense is refused here. */
const MAX_PROMPT = 8_000_000;

const prompt = z.string().min(1).max(MAX_PROMPT);
const system = z.string().max(MAX_PROMPT);
const effort = z.enum(EFFORTS);
const maxTokens = z.int().min(1).max(1_000_000);
const temperature = z.number().min(0).max(2);
const timeout = z.number().min(1).max(3600);

export const modelName = z.string().min(1).max(300);

/** What call_model takes besides the model. */
export const asking = {
  prompt: prompt.describe('The whole request. The model sees nothing else: no files, no history.'),
  system: system.optional().describe('System prompt.'),
  reasoning_effort: effort.optional().describe('How much it should think.'),
  max_tokens: maxTokens.optional().describe('Output limit in tokens, thinking included.'),
  temperature: temperature.optional().describe('Randomness; dropped where a model takes none.'),
  timeout_s: timeout.optional().describe('Give up after so many seconds.'),
  dry_run: z.boolean().optional().describe('Only say what would be sent, where, and its price.'),
};

const SAME = 'As call_model.';

/** The same parameters for another tool, at the price of three tokens each. */
export const askingToo = {
  prompt: prompt.describe(SAME),
  system: system.optional().describe(SAME),
  reasoning_effort: effort.optional().describe(SAME),
  max_tokens: maxTokens.optional().describe(SAME),
  temperature: temperature.optional().describe(SAME),
  timeout_s: timeout.optional().describe(SAME),
  dry_run: z.boolean().optional().describe(SAME),
};

export const maxCost = z.number().min(0).max(1000);

export const priority = z.enum(PRIORITIES);

export type Asking = {
  prompt: string;
  system?: string | undefined;
  reasoning_effort?: Ask['effort'] | undefined;
  max_tokens?: number | undefined;
  temperature?: number | undefined;
  timeout_s?: number | undefined;
  dry_run?: boolean | undefined;
};

/** The arguments as the engine takes them: an ask, and the time limit in milliseconds. */
export function toRequest({ prompt: text, ...rest }: Asking): { ask: Ask; timeoutMs: number | undefined } {
  const ask: Ask = {
    messages: [userText(text)],
    ...(rest.system ? { system: rest.system } : {}),
    ...(rest.reasoning_effort === undefined ? {} : { effort: rest.reasoning_effort }),
    ...(rest.max_tokens === undefined ? {} : { maxTokens: rest.max_tokens }),
    ...(rest.temperature === undefined ? {} : { temperature: rest.temperature }),
  };
  return { ask, timeoutMs: rest.timeout_s === undefined ? undefined : rest.timeout_s * 1000 };
}
