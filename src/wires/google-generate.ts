import type { Part, Source, Stop, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { GOOGLE } from '../structure/dialects.ts';
import { type BodyFacts, largestOf, without } from './body.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { PDF } from './pdf.ts';
import { arr, less, tokens, obj, str } from './read.ts';
import { WORDS_REWRITTEN } from './rewritten.ts';
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

const REFUSALS = new Set([
  'SAFETY',
  'RECITATION',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
]);

function stopOf(reason: string | undefined): Stop | undefined {
  if (reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED') return undefined;
  if (reason === 'MAX_TOKENS') return 'length';
  return REFUSALS.has(reason) ? 'refused' : 'end';
}

/** `promptTokenCount` includes the cache, `candidatesTokenCount` excludes thinking. */
function toUsage(raw: unknown): Usage {
  const usage = obj(raw);
  const cacheRead = tokens(usage['cachedContentTokenCount']);
  const thinking = tokens(usage['thoughtsTokenCount']);
  const candidates = tokens(usage['candidatesTokenCount']);
  const output = candidates === undefined && thinking === undefined ? undefined : (candidates ?? 0) + (thinking ?? 0);
  const tools = tokens(usage['toolUsePromptTokenCount']);
  const prompt = tokens(usage['promptTokenCount']);
  return defined({
    input: less(prompt === undefined ? undefined : prompt + (tools ?? 0), cacheRead),
    cacheRead,
    output,
    thinking,
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

function decode(raw: unknown): Delta {
  const chunk = obj(raw);
  if (chunk['error']) throw new StreamFault(raw);
  const candidate = obj(arr(chunk['candidates'])[0]);
  const parts = arr(obj(candidate['content'])['parts']).map(obj);
  const said = (thought: boolean) =>
    parts
      .filter((piece) => (piece['thought'] === true) === thought)
      .map((piece) => str(piece['text']) ?? '')
      .join('');
  const found = candidate['groundingMetadata'] ? grounding(candidate['groundingMetadata']) : undefined;
  const usage = chunk['usageMetadata'] ? toUsage(chunk['usageMetadata']) : undefined;
  const blocked = str(obj(chunk['promptFeedback'])['blockReason']);
  return defined({
    text: str(said(false)),
    thinking: str(said(true)),
    stop: blocked === undefined ? stopOf(str(candidate['finishReason'])) : ('refused' as const),
    model: str(chunk['modelVersion']),
    sources: found?.sources,
    usage: usage || found ? { ...usage, ...(found ? { searches: found.searches } : {}) } : undefined,
  });
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
  wholeEvent: '',
  carries: () => CARRIES,
  encode,
  decode,
  rewrites: WORDS_REWRITTEN,
  ...body,
  connect,
};
