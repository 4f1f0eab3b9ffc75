import type { Note, Part, Stop, Usage } from '../core/chat.ts';
import { budgetWithin, temperatureBeside } from './budget.ts';
import { connectBedrock } from './bedrock-client.ts';
import { fit, type Fitted } from './fit.ts';
import { defined, num, obj, str } from './read.ts';
import type { Call, Delta, Wire } from './wire.ts';

const CARRIES = { imageUrls: false, schema: true, maxTemperature: 1, minOutput: 1 };

function part(piece: Part): Record<string, unknown> {
  if (piece.type === 'text') return { text: piece.text };
  const [format, bytes] =
    piece.type === 'image' ? [piece.mediaType.replace('image/', ''), Buffer.from(piece.data, 'base64')] : ['', ''];
  return { image: { format, source: { bytes } } };
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
      messages: fitted.messages.map(({ role, content }) => ({ role, content: content.map(part) })),
      ...(fitted.system === undefined ? {} : { system: [{ text: fitted.system }] }),
      inferenceConfig: defined({ maxTokens: fitted.maxTokens, temperature }),
      ...(said.thinking === undefined ? {} : { additionalModelRequestFields: { thinking: said.thinking } }),
      ...(Object.keys(output).length === 0 ? {} : { outputConfig: output }),
    },
  };
}

const STOPS: Record<string, Stop> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  content_filtered: 'refused',
  guardrail_intervened: 'refused',
};

/** `inputTokens` excludes the cache, `outputTokens` includes thinking. */
function toUsage(raw: unknown): Usage {
  const usage = obj(raw);
  return defined({
    input: num(usage['inputTokens']),
    cacheRead: num(usage['cacheReadInputTokens']),
    cacheWrite: num(usage['cacheWriteInputTokens']),
    output: num(usage['outputTokens']),
  });
}

function decode(raw: unknown): Delta {
  const event = obj(raw);
  const delta = obj(obj(event['contentBlockDelta'])['delta']);
  const reason = str(obj(event['messageStop'])['stopReason']);
  const metadata = event['metadata'];
  return defined({
    text: str(delta['text']),
    thinking: str(obj(delta['reasoningContent'])['text']),
    stop: reason === undefined ? undefined : (STOPS[reason] ?? 'end'),
    usage: metadata === undefined ? undefined : toUsage(obj(metadata)['usage']),
  });
}

/** Amazon Bedrock's ConverseStream. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const bedrockConverse: Wire = { id: 'bedrock-converse', wholeEvent: '', encode, decode, connect: connectBedrock };
