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
import type { Call, Delta, Wire } from './wire.ts';

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

/** An effort is a field of the API; a budget, and no thinking at all, are fields of the models behind it. */
function effortFields(
  effort: Fitted['effort'],
  maxTokens: number | undefined,
  notes: Note[],
): { effort?: string; thinking?: { type: string; budget_tokens?: number } } {
  if (effort === undefined) return {};
  if (typeof effort.sent === 'number') {
    const budget = budgetWithin({ asked: effort.asked, sent: effort.sent }, maxTokens, notes);
    return budget === undefined ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
  }
  return effort.sent === 'disabled' ? { thinking: { type: 'disabled' } } : { effort: effort.sent };
}

function encode({ ask, model }: Call) {
  const { ask: fitted, effort, notes } = fit(ask, model, CARRIES);
  const said = effortFields(effort, fitted.maxTokens, notes);
  const temperature = temperatureBeside(said.thinking?.type === 'enabled', fitted.temperature, notes);
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
      ...(said.thinking === undefined ? {} : { additionalModelRequestFields: { thinking: said.thinking } }),
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
