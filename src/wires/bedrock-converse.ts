import type { Ask, Note, Part, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import type { ModelFacts } from '../core/model.ts';
import { BEDROCK } from '../structure/dialects.ts';
import { connectBedrock } from './bedrock-client.ts';
import { type BodyFacts, largestOf, without } from './body.ts';
import { countIn } from './counts.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { pdfName } from './pdf.ts';
import { type Json, obj, str } from './read.ts';
import { WORDS_REWRITTEN } from './rewritten.ts';
import { endOf } from './stops.ts';
import { budgetWithin, temperatureBeside } from './thinking-budget.ts';
import type { Call, Delta, Quirks, Wire } from './wire.ts';

/** How the makers of models on Bedrock call the limit of an answer. */
const MODELS_LIMITS = ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'maxOutputTokens'];

const CARRIES: Carries = {
  imageUrls: false,
  // An image has at most 3.75 MB before base64, by the reference of Message (2026-11).
  imageChars: 5_242_880,
  pdfs: 'models',
  search: 'none',
  schema: BEDROCK,
  maxTemperature: 1,
  minOutput: 1,
};

/** Letters, digits, hyphens, brackets and single spaces are all that a document's name may have; a number keeps two apart. */
const documentName = (piece: Extract<Part, { type: 'pdf' }>, nth: number): string =>
  `${pdfName(piece)
    .replace(/\.pdf$/i, '')
    .replaceAll(/[^a-z\d\s()[\]-]/gi, '-')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 150)
    .trim()} ${nth}`.trim();

/** One part of a turn; `nth`: which of the documents of the conversation it is. */
function part(piece: Part, nth: number): Record<string, unknown> {
  // The plan lets no address through to here.
  if (piece.type === 'text' || piece.type === 'image_url') return { text: piece.type === 'text' ? piece.text : piece.url };
  const bytes = Buffer.from(piece.data, 'base64');
  return piece.type === 'image'
    ? { image: { format: piece.mediaType.replace('image/', ''), source: { bytes } } }
    : { document: { format: 'pdf', name: documentName(piece, nth), source: { bytes } } };
}

/**
 * Every turn with its parts. No two documents of a conversation may have the same name, so each is numbered. A model that charges
 * for what it writes to the cache has to be told to: at the end of a conversation, so that the next turn finds it there.
 */
function turns({ messages, oneOff }: Ask, { rates }: ModelFacts): Record<string, unknown>[] {
  let documents = 0;
  const marks = rates?.cacheWrite !== undefined && messages.length > 1 && !oneOff;
  return messages.map(({ role, content }, at) => ({
    role,
    content: [
      ...content.map((piece) => part(piece, piece.type === 'pdf' ? (documents += 1) : 0)),
      ...(marks && at === messages.length - 1 ? [{ cachePoint: { type: 'default' } }] : []),
    ],
  }));
}

/** What says how hard to think: the API's own field, and fields of the models behind it. */
type Said = { effort?: string; fields?: Record<string, unknown> };

/** How families of models are told. Nova takes three words. */
const EFFORT: Record<NonNullable<Quirks['converseEffort']>, (sent: string) => Said> = {
  effort: (effort) => ({ effort }),
  adaptive: (effort) => ({ effort, fields: { thinking: { type: 'adaptive' } } }),
  reasoning_effort: (sent) => ({ fields: { reasoning_effort: sent } }),
  reasoning: (sent) => ({ fields: { reasoning: { effort: sent } } }),
  reasoning_config: (sent) => ({ fields: { reasoning_config: sent } }),
  reasoningConfig: (sent) => ({
    fields: {
      reasoningConfig:
        sent === 'none' ? { type: 'disabled' } : { type: 'enabled', maxReasoningEffort: sent === 'minimal' ? 'low' : sent },
    },
  }),
};

/** An effort, a budget of tokens, or no thinking at all. */
function saying(
  effort: Fitted['effort'],
  maxTokens: number | undefined,
  notes: Note[],
  { converseEffort = 'effort' }: Quirks,
): Said {
  if (effort === undefined) return {};
  if (typeof effort.sent === 'number') {
    const budget = budgetWithin({ asked: effort.asked, sent: effort.sent }, maxTokens, notes);
    return budget === undefined ? {} : { fields: { thinking: { type: 'enabled', budget_tokens: budget } } };
  }
  return effort.sent === 'disabled' ? { fields: { thinking: { type: 'disabled' } } } : EFFORT[converseEffort](effort.sent);
}

function encode({ ask, model, quirks = {} }: Call) {
  const { ask: fitted, effort, notes } = fit(ask, model, CARRIES);
  const said = saying(effort, fitted.maxTokens, notes, quirks);
  const thinking = str(obj(said.fields?.['thinking'])['type']);
  const temperature = temperatureBeside(thinking !== undefined && thinking !== 'disabled', fitted.temperature, notes);
  const schema = fitted.schema;
  const output = defined({
    effort: said.effort,
    textFormat:
      schema === undefined
        ? undefined
        : { type: 'json_schema', structure: { jsonSchema: { name: 'answer', schema: JSON.stringify(schema) } } },
  });
  return {
    notes,
    body: {
      modelId: model.id,
      messages: turns(fitted, model),
      ...(fitted.system === undefined ? {} : { system: [{ text: fitted.system }] }),
      inferenceConfig: defined({ maxTokens: fitted.maxTokens, temperature }),
      ...(said.fields === undefined ? {} : { additionalModelRequestFields: said.fields }),
      ...(Object.keys(output).length === 0 ? {} : { outputConfig: output }),
    },
  };
}

/** `inputTokens` excludes the cache, `outputTokens` includes thinking. */
const usageOf = (usage: Json): Usage =>
  defined({
    input: countIn(usage, 'inputTokens'),
    cacheRead: countIn(usage, 'cacheReadInputTokens'),
    cacheWrite: countIn(usage, 'cacheWriteInputTokens'),
    output: countIn(usage, 'outputTokens'),
  });

function decode(raw: unknown): readonly Delta[] {
  const event = obj(raw);
  const started = obj(obj(event['contentBlockStart'])['start']);
  const delta = obj(obj(event['contentBlockDelta'])['delta']);
  const metadata = event['metadata'];
  const hasToolCall = 'toolUse' in started;
  return [
    {
      ...defined({
        text: str(delta['text']),
        thinking: str(obj(delta['reasoningContent'])['text']),
        gap: Object.keys(started).length > 0 || undefined,
        other: hasToolCall ? 'a tool call' : undefined,
      }),
      ...endOf(obj(event['messageStop'])['stopReason']),
      // The last of all events.
      ...(metadata === undefined ? {} : { counts: obj(obj(metadata)['usage']), end: 'done' as const }),
    },
  ];
}

/** What `extra_body` says goes to the model behind the API, which has a name of its own for its limit. */
const body: BodyFacts = {
  outputLimit: (said) =>
    largestOf([said, said['inferenceConfig'], said['additionalModelRequestFields']], ['maxTokens', ...MODELS_LIMITS]),
  parameters: (said) => without(said, ['messages', 'system']),
};

/** Amazon Bedrock's ConverseStream. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const bedrockConverse: Wire = {
  id: 'bedrock-converse',
  // The frames are not touched; what comes in text instead is an error.
  framing: { named: false, end: '{}' },
  carries: () => CARRIES,
  encode,
  decode,
  usageOf,
  rewrites: [...WORDS_REWRITTEN, 'cache unmarked'],
  ...body,
  connect: connectBedrock,
};
