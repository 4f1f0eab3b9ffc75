import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Which of the source's files describes which of our providers. Subscriptions with prices of their own are no API: left out. */
const FILES: Record<string, string> = {
  anthropic: 'anthropic',
  azure: 'azure',
  bedrock: 'amazon-bedrock',
  cerebras: 'cerebras',
  cloudflare: 'cloudflare-workers-ai',
  deepseek: 'deepseek',
  fireworks: 'fireworks',
  google: 'google',
  groq: 'groq',
  huggingface: 'huggingface',
  minimax: 'minimax',
  mistral: 'mistral',
  moonshot: 'moonshotai',
  nvidia: 'nvidia',
  openai: 'openai',
  openrouter: 'openrouter',
  together: 'together',
  vercel: 'vercel-ai-gateway',
  vertex: 'google-vertex',
  xai: 'xai',
  zai: 'zai',
};

const sourceRates = z.object({
  input: z.number(),
  output: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
});

const sourceModel = z.object({
  id: z.string().min(1),
  name: z.string(),
  reasoning: z.boolean(),
  input: z.array(z.string()),
  /** US dollars per million tokens; 0 where the source knows no price. */
  cost: sourceRates.extend({
    tiers: z.array(sourceRates.extend({ inputTokensAbove: z.number() })).optional(),
  }),
  contextWindow: z.number(),
  maxTokens: z.number(),
  /** Absent: accepted under that name (`xhigh` and `max`: refused). Null: refused. A word: accepted under that word. */
  thinkingLevelMap: z.record(z.string(), z.string().nullable()).optional(),
  compat: z
    .object({
      forceAdaptiveThinking: z.boolean().optional(),
      supportsTemperature: z.boolean().optional(),
      supportsReasoningEffort: z.boolean().optional(),
      thinkingFormat: z.string().optional(),
    })
    .optional(),
});

export type SourceRates = z.infer<typeof sourceRates>;
export type SourceModel = z.infer<typeof sourceModel>;

/** The chat models of every provider, by our provider id, and the day on which the source was made. */
export type Source = { date: string; providers: Map<string, SourceModel[]> };

const sourceFile = z.record(z.string(), z.record(z.string(), z.unknown()));
const manifest = z.object({ generatedAt: z.iso.datetime() });

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Beside `chat:` the files hold image and classifier models, which are called in other ways. */
function chatModels(file: unknown): SourceModel[] {
  return Object.values(sourceFile.parse(file)).flatMap((models) =>
    Object.entries(models).flatMap(([key, model]) => (key.startsWith('chat:') ? [sourceModel.parse(model)] : [])),
  );
}

export async function readSource(directory: string): Promise<Source> {
  const { generatedAt } = manifest.parse(await readJson(join(directory, '.manifest.json')));
  const read = Object.entries(FILES).map(async ([provider, file]): Promise<[string, SourceModel[]]> => [
    provider,
    chatModels(await readJson(join(directory, `${file}.json`))),
  ]);
  return { date: generatedAt.slice(0, 10), providers: new Map(await Promise.all(read)) };
}
