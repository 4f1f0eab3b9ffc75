import type { Part, Source, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { GOOGLE } from '../structure/dialects.ts';
import { type BodyFacts, largestOf, without } from './body.ts';
import { countIn, outputOf } from './counts.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { PDF } from './pdf.ts';
import { arr, type Json, less, obj, str } from './read.ts';
import { WORDS_REWRITTEN } from './rewritten.ts';
import { endOf } from './stops.ts';
import { StreamFault } from './stream-fault.ts';
import type { Call, Connect, Delta, Wire } from './wire.ts';

const CARRIES: Carries = { imageUrls: false, pdfs: 'models', search: 'any', schema: GOOGLE, maxTemperature: 2, minOutput: 1 };

function part(piece: Part): Record<string, unknown> {
  if (piece.type === 'text') return { text: piece.text };
  if (piece.type === 'image_url') return { fileData: { fileUri: piece.url } };
  return { inlineData: { mimeType: piece.type === 'pdf' ? PDF : piece.mediaType, data: piece.data } };
}

/** Gemini 3 takes a level, 2.5 a budget of tokens. */
const levelOf = ({ sent }: NonNullable<Fitted['effort']>) =>
  typeof sent === 'number' ? { thinkingBudget: sent } : { thinkingLevel: sent.toUpperCase() };

const thinkingConfig = ({ ask, effort }: Fitted): Record<string, unknown> => ({
  ...(effort === undefined ? {} : levelOf(effort)),
  ...(ask.thinkingSummary ? { includeThoughts: true } : {}),
});

function encode({ ask, model }: Call) {
  const fitting = fit(ask, model, CARRIES);
  const { ask: fitted, notes } = fitting;
  const thinking = thinkingConfig(fitting);
  return {
    notes,
    body: {
      model: model.id,
      contents: fitted.messages.map(({ role, content }) => ({
        role: role === 'user' ? 'user' : 'model',
        parts: content.map(part),
      })),
      config: {
        ...(fitted.system === undefined ? {} : { systemInstruction: { parts: [{ text: fitted.system }] } }),
        ...(fitted.maxTokens === undefined ? {} : { maxOutputTokens: fitted.maxTokens }),
        ...(fitted.temperature === undefined ? {} : { temperature: fitted.temperature }),
        ...(Object.keys(thinking).length === 0 ? {} : { thinkingConfig: thinking }),
        ...(fitted.webSearch ? { tools: [{ googleSearch: {} }] } : {}),
        ...(fitted.schema === undefined ? {} : { responseMimeType: 'application/json', responseJsonSchema: fitted.schema }),
      },
    },
  };
}

/** `promptTokenCount` includes the cache, `candidatesTokenCount` excludes thinking. */
function usageOf(usage: Json): Usage {
  const cacheRead = countIn(usage, 'cachedContentTokenCount');
  const thinking = countIn(usage, 'thoughtsTokenCount');
  const candidates = countIn(usage, 'candidatesTokenCount');
  const prompt = countIn(usage, 'promptTokenCount');
  const input = prompt === undefined ? undefined : prompt + (countIn(usage, 'toolUsePromptTokenCount') ?? 0);
  return defined({
    input: less(input, cacheRead),
    cacheRead,
    ...outputOf({
      input,
      output: candidates === undefined ? undefined : candidates + (thinking ?? 0),
      thinking,
      cached: 0,
      total: countIn(usage, 'totalTokenCount'),
    }),
  });
}

/** The pages that an answer was grounded in, and how many queries found them. */
function grounding(raw: unknown): { sources: Source[]; searches: number } {
  const { groundingChunks, webSearchQueries } = obj(raw);
  const sources = arr(groundingChunks).flatMap((chunk): Source[] => {
    const { uri, title } = obj(obj(chunk)['web']);
    const url = str(uri);
    return url === undefined ? [] : [{ url, ...defined({ title: str(title) }) }];
  });
  return { sources, searches: arr(webSearchQueries).length };
}

/** A part of the answer as a reader calls it, where it is no text. */
function otherOf({ inlineData, functionCall }: Json): string | undefined {
  if (functionCall) return 'a tool call';
  const kind = str(obj(inlineData)['mimeType'])?.split('/')[0];
  return inlineData === undefined ? undefined : kind === 'image' ? 'an image' : (kind ?? 'a file');
}

/** A part: text, thinking, or something that stands between texts, such as code that was run. */
function heard(raw: unknown): Delta {
  const piece = obj(raw);
  const text = str(piece['text']);
  if (text !== undefined) return piece['thought'] === true ? { thinking: text } : { text };
  return typeof piece['text'] === 'string' ? {} : { gap: true, ...defined({ other: otherOf(piece) }) };
}

/** The end of the stream, as the reader of events writes it: of what the SDK passes on, an id is the vendor's to choose. */
const END = 'switchboard.end';

function decode(raw: unknown): readonly Delta[] {
  const chunk = obj(raw);
  if (chunk['responseId'] === END) return [{ end: 'done' }];
  if (chunk['error']) throw new StreamFault(raw);
  const candidate = obj(arr(chunk['candidates'])[0]);
  const found = candidate['groundingMetadata'] ? grounding(candidate['groundingMetadata']) : undefined;
  const counts = chunk['usageMetadata'] ? obj(chunk['usageMetadata']) : undefined;
  const blocked = str(obj(chunk['promptFeedback'])['blockReason']);
  return [
    ...arr(obj(candidate['content'])['parts']).map(heard),
    {
      ...(blocked === undefined ? endOf(candidate['finishReason'], counts) : { stop: 'refused' as const }),
      ...defined({ model: str(chunk['modelVersion']), sources: found?.sources, searches: found?.searches, counts }),
    },
  ];
}

/**
 * Google's SDK for one endpoint: its web build, which reads no environment and brings no credential finder. The version is
 * part of the base URL; the real key is put in by `fetch`.
 */
const connect: Connect = async (fetch, { baseUrl, extraBody }) => {
  const { GoogleGenAI } = await import('@google/genai/web');
  const client = new GoogleGenAI({
    apiKey: 'set-by-fetch',
    vertexai: false,
    apiVersion: '',
    httpOptions: { baseUrl, fetch, retryOptions: { attempts: 1 } },
  });
  return ({ model, contents, config }, abortSignal) =>
    client.models.generateContentStream({
      model: String(model),
      contents: arr(contents).map(obj),
      config: {
        ...obj(config),
        abortSignal,
        ...(extraBody === undefined ? {} : { httpOptions: { extraBody: { ...extraBody } } }),
      },
    });
};

/** The SDK takes `config` apart on the way; what it makes of it, a user's `extra_body` may name. */
const body: BodyFacts = {
  outputLimit: ({ config, generationConfig }) => largestOf([config, generationConfig], ['maxOutputTokens']),
  parameters: (said) => ({ ...without(said, ['contents', 'config']), ...without(obj(said['config']), ['systemInstruction']) }),
};

/** Google's generateContent. https://ai.google.dev/api/generate-content */
export const googleGenerate: Wire = {
  id: 'google-generate',
  framing: { named: false, end: JSON.stringify({ responseId: END }) },
  carries: () => CARRIES,
  encode,
  decode,
  usageOf,
  rewrites: WORDS_REWRITTEN,
  ...body,
  connect,
};
