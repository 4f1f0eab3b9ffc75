import { z } from 'zod';
import { type Ask, EFFORTS, userText } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { nestsTooDeep } from '../core/parse-json.ts';
import { PRIORITIES } from '../routing/tasks.ts';

/** The longest prompt in characters: far above any context window, so that only nonsense is refused here. */
const MAX_PROMPT = 8_000_000;

const prompt = z.string().min(1).max(MAX_PROMPT);
const system = z.string().max(MAX_PROMPT);
const effort = z.enum(EFFORTS);
const maxTokens = z.int().min(1).max(1_000_000);
const temperature = z.number().min(0).max(2);
const timeout = z.number().min(1).max(3600);

const paths = z.array(z.string().min(1).max(4096)).max(200);
const diff = z.string().min(1).max(300);
const media = z.array(z.string().min(1).max(30_000_000)).max(20);
const jsonSchema = z.string().min(1).max(200_000);
const thread = z.string().min(1).max(100);

export const modelName = z.string().min(1).max(300);

/** What every tool that asks a model takes besides the model. */
export const asking = {
  prompt: prompt.describe('All that it sees, beside what is sent along.'),
  files: paths.optional().describe('To send, not paste: paths, globs, !exclusions, folders, a.ts:10-50.'),
  git_diff: diff.optional().describe('To send: working, staged, a ref, or a..b.'),
  images: media.optional().describe('To send: paths, https URLs, data URIs; PDFs too.'),
  system: system.optional().describe('System prompt.'),
  reasoning_effort: effort.optional().describe('How much to think.'),
  max_tokens: maxTokens.optional().describe('Output limit, with thinking.'),
  temperature: temperature.optional().describe('Dropped where it takes none.'),
  timeout_s: timeout.optional().describe('Seconds to wait.'),
  json_schema: jsonSchema.optional().describe('JSON Schema of the answer.'),
  web_search: z.boolean().optional().describe('It may search the web.'),
  dry_run: z.boolean().optional().describe('Only show what would be sent, where, and its price.'),
};

/** For tools that talk to one model at a time. */
export const threadId = thread.optional().describe('"new" begins a conversation; its id continues it.');

export const maxCost = z.number().min(0).max(1000);

export const priority = z.enum(PRIORITIES);

/** What was asked, but for whether it is only to be looked at. */
export type Asking = Omit<z.output<z.ZodObject<typeof asking>>, 'dry_run'>;

/** The schema in an argument. Throws an `input` failure for what is no JSON. */
function schemaIn(text: string): NonNullable<Ask['schema']> {
  const refuse = (what: string) =>
    new Failure('input', `json_schema is ${what}: write a JSON Schema, such as {"type":"object","properties":{…}}`);
  if (nestsTooDeep(text)) throw refuse('nested too deep');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('not valid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw refuse('no JSON object');
}

/** The arguments as an ask, without what goes along with it. */
export const toAsk = ({ prompt: text, ...rest }: Asking): Ask => ({
  messages: [userText(text)],
  ...defined({
    system: rest.system || undefined,
    effort: rest.reasoning_effort,
    maxTokens: rest.max_tokens,
    temperature: rest.temperature,
    schema: rest.json_schema === undefined ? undefined : schemaIn(rest.json_schema),
    webSearch: rest.web_search || undefined,
  }),
});
