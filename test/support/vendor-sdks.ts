import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import type { WireId } from '../../src/wires/wire.ts';

/** What a vendor's own SDK makes of a stream. */
type Heard = { text: string; thinking: string; usage: unknown; model: string | undefined };
type Ask = (url: string) => Promise<Heard>;

const quiet = { apiKey: 'key', maxRetries: 0, logLevel: 'off' } as const;
const messages = [{ role: 'user' as const, content: 'Hi' }];

const spoken = [{ role: 'user' as const, content: [{ text: 'Hi' }] }];

type AwsRequest = {
  method: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
};

/** AWS's SDK would speak HTTP/2, which a plain port does not. */
const overHttp1 = {
  async handle({ body, ...request }: AwsRequest) {
    const outgoing = send(request).end(body);
    const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
    const { statusCode = 0, headers = {} } = incoming ?? {};
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return { response: { statusCode, headers: flat, body: incoming } };
  },
};

const aws = (endpoint: string): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
    maxAttempts: 1,
    requestHandler: overHttp1,
  });

/** OpenAI's SDK lets a stream end when it likes; its callers look for the last event. */
function finished(heard: Heard): Heard {
  if (heard.model === undefined) throw new Error('The stream ended too early.');
  return heard;
}

/** The vendors' SDKs, each used as its documentation says. */
export const SDKS: Record<WireId, { stream: Ask; whole: (url: string) => Promise<string> }> = {
  'openai-chat': {
    async stream(url) {
      const client = new OpenAI({ ...quiet, baseURL: `${url}/v1` });
      const heard: Heard = { text: '', thinking: '', usage: undefined, model: undefined };
      const asked = { model: 'm', messages, stream: true, stream_options: { include_usage: true } } as const;
      for await (const { choices, usage, model } of await client.chat.completions.create(asked)) {
        const delta = choices?.[0]?.delta ?? {};
        heard.text += delta.content ?? '';
        if ('reasoning_content' in delta) heard.thinking += String(delta.reasoning_content);
        if (usage) Object.assign(heard, { usage, model });
      }
      return finished(heard);
    },
    async whole(url) {
      const client = new OpenAI({ ...quiet, baseURL: `${url}/v1` });
      const { choices } = await client.chat.completions.create({ model: 'm', messages });
      return choices[0]?.message.content ?? '';
    },
  },
  'openai-responses': {
    async stream(url) {
      const client = new OpenAI({ ...quiet, baseURL: `${url}/v1` });
      const heard: Heard = { text: '', thinking: '', usage: undefined, model: undefined };
      for await (const event of await client.responses.create({ model: 'm', input: 'Hi', stream: true })) {
        if (event.type === 'response.output_text.delta') heard.text += event.delta;
        if (event.type === 'response.reasoning_summary_text.delta') heard.thinking += event.delta;
        if (event.type === 'response.completed')
          Object.assign(heard, { usage: event.response.usage, model: event.response.model });
      }
      return finished(heard);
    },
    async whole(url) {
      const client = new OpenAI({ ...quiet, baseURL: `${url}/v1` });
      return (await client.responses.create({ model: 'm', input: 'Hi' })).output_text;
    },
  },
  'anthropic-messages': {
    async stream(url) {
      const client = new Anthropic({ ...quiet, baseURL: url });
      const final = await client.messages.stream({ model: 'm', max_tokens: 9, messages }).finalMessage();
      const of = (kind: string): string =>
        final.content
          .map((block) => (block.type !== kind ? '' : 'text' in block ? block.text : 'thinking' in block ? block.thinking : ''))
          .join('');
      return { text: of('text'), thinking: of('thinking'), usage: final.usage, model: final.model };
    },
    async whole(url) {
      const client = new Anthropic({ ...quiet, baseURL: url });
      const { content } = await client.messages.create({ model: 'm', max_tokens: 9, messages });
      return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    },
  },
  'google-generate': {
    async stream(url) {
      const client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: url } });
      const heard: Heard = { text: '', thinking: '', usage: undefined, model: undefined };
      for await (const chunk of await client.models.generateContentStream({
        model: 'm',
        contents: 'Hi',
      })) {
        for (const part of chunk.candidates?.[0]?.content?.parts ?? [])
          heard[part.thought === true ? 'thinking' : 'text'] += part.text ?? '';
        heard.usage = chunk.usageMetadata;
        heard.model = chunk.modelVersion;
      }
      return heard;
    },
    async whole(url) {
      const client = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: url } });
      return (await client.models.generateContent({ model: 'm', contents: 'Hi' })).text ?? '';
    },
  },
  'bedrock-converse': {
    async stream(url) {
      const heard: Heard = { text: '', thinking: '', usage: undefined, model: undefined };
      const { stream = [] } = await aws(url).send(new ConverseStreamCommand({ modelId: 'm', messages: spoken }));
      let ended = false;
      for await (const { contentBlockDelta, messageStop, metadata } of stream) {
        const { text, reasoningContent } = contentBlockDelta?.delta ?? {};
        heard.text += text ?? '';
        heard.thinking += reasoningContent?.text ?? '';
        ended ||= messageStop !== undefined;
        heard.usage = metadata?.usage ?? heard.usage;
      }
      if (!ended) throw new Error('The stream ended too early.');
      return heard;
    },
    async whole(url) {
      const { output } = await aws(url).send(new ConverseCommand({ modelId: 'm', messages: spoken }));
      return (output?.message?.content ?? []).map(({ text }) => text ?? '').join('');
    },
  },
};
