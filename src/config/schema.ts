import { z } from 'zod';
import { WINDOWS } from '../core/budget.ts';
import { EFFORTS } from '../core/chat.ts';
import { WIRES } from '../wires/wire.ts';

const name = z.string().min(1);
const model = z.string().min(1).max(300).describe('provider/model, an alias, or a bare model name');

const aliasName = z
  .string()
  .min(1)
  .regex(/^[^/:]+$/, 'an alias holds no "/" or ":"');

const provider = z.strictObject({
  base_url: z.string().min(1).optional().describe('The root of the API, with its version'),
  allow_http: z.boolean().optional().describe('Let its address begin with http:// although it is on the internet'),
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

const agent = z.strictObject({
  model: model.optional().describe('Which model it is; the default without this'),
  system: z.string().max(100_000).optional().describe('Its system prompt'),
  reasoning_effort: z.enum(EFFORTS).optional(),
  temperature: z.number().min(0).max(2).optional(),
  max_tokens: z.int().min(1).max(1_000_000).optional(),
  fallbacks: chain.optional().describe('Asked when its model fails'),
  files: z.array(name).min(1).max(100).optional().describe('Sent along with every call of it'),
});

const fallbacks = z.strictObject({
  default: chain.optional().describe('Asked when a model fails and nothing else is said'),
  by_model: z.record(name, chain).optional().describe('For a model, as it is named'),
  by_task: z.record(name, chain).optional().describe('For a task of route_by_task'),
  too_long: chain.optional().describe('For prompts that a model cannot hold, smallest first'),
  refused: chain.optional().describe('When a model refuses'),
});

const budget = z.strictObject({
  name: name.max(60).optional().describe('How it is called when it refuses'),
  limit_usd: z.number().min(0).max(1_000_000).describe('The ceiling, in dollars'),
  window: z.enum(WINDOWS).optional().describe('How long it counts; a day without this'),
  rolling: z.boolean().optional().describe('The window moves with the clock instead of beginning anew'),
  scope: name.max(300).optional().describe('all, or provider, model, tool or project, each for itself or :pattern'),
  mode: z.enum(['block', 'warn']).optional().describe('Refuse before the call, or only say so after it'),
});

/** `$5 a day`: an amount and how long it lasts. */
const short = z.union([z.string().max(60), z.number()]);

const usd = z.number().min(0).max(1_000_000);

const rates = z.strictObject({
  input_usd_per_mtok: usd.describe('Dollars per million input tokens'),
  output_usd_per_mtok: usd.describe('Dollars per million output tokens'),
  cache_read_usd_per_mtok: usd.optional(),
  cache_write_usd_per_mtok: usd.optional(),
  search_usd_per_1000: usd.optional().describe('Dollars per thousand searches of the web'),
});

const port = z.int().min(0).max(65_535);

/** What any file may set, one that came with a cloned repository too. */
const safe = {
  default_model: model.optional().describe('Called when no model is named'),
  thinking_model: model.optional().describe('Called when an effort is asked and no model named'),
  aliases: z.record(aliasName, model).optional().describe('Short names for models'),
  agents: z.record(aliasName, agent).optional().describe('Named profiles, called wherever a model is named'),
  tasks: z.record(name, task).optional().describe('Routing: which models a task goes to'),
  fallbacks: fallbacks.optional().describe('What is asked when a model fails'),
  budget: short.optional().describe('One ceiling in words: $5 a day'),
  budgets: z
    .array(z.union([short, budget]))
    .max(50)
    .optional()
    .describe('Ceilings on money; all of them hold'),
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
  unknown_price: z.enum(['refuse', 'allow']).optional().describe('A model without a known price under a budget that blocks'),
  budget_output_tokens: z.int().min(1).max(1_000_000).optional().describe('The output limit under a budget, where none is asked'),
  pricing: z.record(name, rates).optional().describe('What models cost, as patterns over provider/model'),
  files: z
    .strictObject({
      allow_dirs: z.array(name).optional().describe('Folders that calls may send files from'),
      max_mb: z.number().min(0.001).max(100).optional().describe('The largest file that is read'),
      on_secret: z.enum(['redact', 'refuse']).optional().describe('What is done about a secret in what would be sent'),
    })
    .optional(),
  threads: z
    .strictObject({
      keep_days: z.number().min(0.01).max(3650).optional().describe('How long a conversation is kept after its last use'),
      max_turns: z.int().min(2).max(10_000).optional().describe('How many turns are sent along at most'),
      compact_with: model.nullable().optional().describe('The model that sums up what does not fit'),
    })
    .optional(),
  thinking_summary: z.boolean().optional().describe('Show a summary of what a model thought'),
  hosts: z
    .record(name, z.strictObject({ result_chars: z.int().min(1000).max(10_000_000).optional() }))
    .optional()
    .describe('By the name that a host gives as a client: how long a result may be'),
  cache: z
    .strictObject({
      enabled: z.boolean().optional().describe('Keep answers to calls at temperature 0'),
      ttl_s: z.int().min(1).max(31_536_000).optional().describe('For how long, in seconds'),
      max_mb: z.number().min(0.01).max(10_000).optional().describe('How much at most'),
    })
    .optional(),
  log: z.strictObject({ content: z.boolean().optional().describe('Keep prompts and answers in the ledger too') }).optional(),
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
export type AgentValues = z.infer<typeof agent>;
export type BudgetValues = z.infer<typeof budget>;
export type RateValues = z.infer<typeof rates>;
export type TaskValues = z.infer<typeof task>;

/** The keys that a file from a cloned repository may not set. */
export const TRUSTED_KEYS: readonly string[] = Object.keys(own);

type Schema = z.core.$ZodType;

const isAbsentable = (schema: Schema): schema is z.ZodOptional | z.ZodNullable =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;

/** The keys of the tables that a value may be or hold: a table's own, or those of each of its entries. */
function keysIn(schema: Schema): readonly string[] {
  if (isAbsentable(schema)) return keysIn(schema.unwrap());
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord) return keysIn(schema.valueType);
  if (schema instanceof z.ZodArray) return keysIn(schema.element);
  return schema instanceof z.ZodUnion ? schema.options.flatMap(keysIn) : [];
}

/** How deep a value is a table: 0 is none, 1 a table of values, 2 a table of such tables. */
function depthOf(schema: Schema): number {
  if (isAbsentable(schema)) return depthOf(schema.unwrap());
  if (schema instanceof z.ZodObject) return 1;
  return schema instanceof z.ZodRecord ? 1 + depthOf(schema.valueType) : 0;
}

/** How deep the file's values are joined with those of another file. A price is one thing: no part of it comes from elsewhere. */
export const TABLES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(configFile.shape).map(([key, schema]) => [key, depthOf(schema)])),
  pricing: 1,
};

/** The keys that may stand at a place in the file, for naming the nearest to an unknown one. */
export function keysAt([table]: readonly PropertyKey[]): readonly string[] {
  if (table === undefined) return Object.keys(configFile.shape);
  const schema = Object.entries(configFile.shape).find(([key]) => key === table)?.[1];
  return schema === undefined ? [] : keysIn(schema);
}
