import { z } from 'zod';
import { WIRES } from '../wires/wire.ts';

const name = z.string().min(1);
const model = z.string().min(1).max(300).describe('provider/model, an alias, or a bare model name');

const aliasName = z
  .string()
  .min(1)
  .regex(/^[^/:]+$/, 'an alias holds no "/" or ":"');

const provider = z.strictObject({
  base_url: z.string().min(1).optional().describe('The root of the API, with its version'),
  wire: z.enum(WIRES).optional().describe('The protocol it speaks'),
  headers: z.record(z.string(), z.string()).optional().describe('Sent with every request'),
  key_env: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe('The variable that holds the key'),
  key_command: z.array(name).min(1).optional().describe('A program, with its arguments, that prints the key'),
  default_model: name.optional().describe('What the provider’s name alone means'),
  extra_body: z.record(z.string(), z.unknown()).optional().describe('Joined into every request'),
  organization: name.optional(),
  project: name.optional(),
  location: name.optional(),
  region: name.optional(),
  account_id: name.optional(),
  api_version: name.optional(),
  credentials_file: name.optional(),
  enabled: z.boolean().optional(),
  concurrency: z.int().min(1).max(1000).optional().describe('Calls at the same time'),
  rpm: z.int().min(1).max(1_000_000).optional().describe('Calls a minute'),
  tpm: z.int().min(1).max(1_000_000_000).optional().describe('Tokens a minute, estimated'),
});

const task = z.strictObject({
  models: z.array(model).min(1).optional().describe('Candidates in order of preference'),
  priority: z.enum(['quality', 'balanced', 'cheap', 'fast']).optional(),
  about: z.string().optional().describe('What the task is, for the reader'),
});

const chain = z.array(model).min(1);

const fallbacks = z.strictObject({
  default: chain.optional().describe('Asked when a model fails and nothing else is said'),
  by_model: z.record(name, chain).optional().describe('For a model, as it is named'),
  by_task: z.record(name, chain).optional().describe('For a task of route_by_task'),
  too_long: chain.optional().describe('For prompts that a model cannot hold, smallest first'),
  refused: chain.optional().describe('When a model refuses'),
});

const port = z.int().min(0).max(65_535);

/** What any file may set, one that came with a cloned repository too. */
const safe = {
  default_model: model.optional().describe('Called when no model is named'),
  aliases: z.record(aliasName, model).optional().describe('Short names for models'),
  tasks: z.record(name, task).optional().describe('Routing: which models a task goes to'),
  fallbacks: fallbacks.optional().describe('What is asked when a model fails'),
};

/** What only the user’s own files may set: it decides where keys and prompts go. */
const own = {
  providers: z.record(name, provider).optional(),
  models: z
    .strictObject({ allow: z.array(name).optional(), deny: z.array(name).optional() })
    .optional()
    .describe('Which models may be called, as patterns over provider/model'),
  hedge_after_ms: z
    .int()
    .min(1)
    .max(3_600_000)
    .nullable()
    .optional()
    .describe('Ask a second provider when the first is this late'),
  retries: z.int().min(0).max(10).optional().describe('How often a model that failed is asked again'),
  share_in_flight: z.boolean().optional().describe('Identical calls at the same time share one request'),
  timeouts: z
    .strictObject({
      total_s: z.number().min(0.05).max(86_400).optional().describe('A whole call, in seconds'),
      first_byte_ms: z.int().min(1).max(86_400_000).optional().describe('Until an answer begins, in milliseconds'),
      idle_ms: z.int().min(1).max(86_400_000).optional().describe('Between two pieces of an answer, in milliseconds'),
    })
    .optional(),
  http: z
    .strictObject({
      host: name.optional(),
      port: port.optional(),
      allowed_hosts: z.array(name).optional(),
      allowed_origins: z.array(name).optional(),
      max_body_mb: z.number().min(0.001).max(1000).optional(),
    })
    .optional(),
};

export const configFile = z.strictObject({ ...safe, ...own });
export type ConfigValues = z.infer<typeof configFile>;
export type ProviderValues = z.infer<typeof provider>;
export type TaskValues = z.infer<typeof task>;

/** The keys that a file from a cloned repository may not set. */
export const TRUSTED_KEYS: readonly string[] = Object.keys(own);

/** The keys that may stand at a place in the file, for naming the nearest to an unknown one. */
export function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const [table] = path;
  if (table === undefined) return Object.keys(configFile.shape);
  return table === 'providers' || table === 'tasks'
    ? Object.keys({ providers: provider, tasks: task }[table].shape)
    : (FLAT_KEYS[String(table)] ?? []);
}

const FLAT_KEYS: Record<string, readonly string[]> = {
  timeouts: Object.keys(own.timeouts.unwrap().shape),
  models: Object.keys(own.models.unwrap().shape),
  fallbacks: Object.keys(fallbacks.shape),
  http: Object.keys(own.http.unwrap().shape),
};
