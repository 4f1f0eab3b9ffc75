import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { WIRES } from '../../src/wires/wire.ts';
import { asWritten, atOnce, cutAfter, endAfter, oneByte, resetAfter, splitInCharacter } from './delivery.ts';
import { dialects, isPlayed } from './dialects/index.ts';
import type { PlayedWire } from './dialects/index.ts';
import { answer, endless, failure, failureMidStream, malformed, unstreamed, withStrangers } from './reply.ts';
import type { Script } from './script.ts';
import { startVendor } from './vendor.ts';

/** What a vendor's own SDK makes of a stream. */
type Heard = { text: string; thinking: string; usage: unknown; model: string | undefined };
type Ask = (url: string) => Promise<Heard>;

const quiet = { apiKey: 'key', maxRetries: 0, logLevel: 'off' } as const;
const messages = [{ role: 'user' as const, content: 'Hi' }];

/** OpenAI's SDK lets a stream end when it likes; its callers look for the last event. */
function finished(heard: Heard): Heard {
  if (heard.model === undefined) throw new Error('The stream ended too early.');
  return heard;
}

/** The vendors' SDKs, each used as its documentation says. */
const SDKS: Record<PlayedWire, { stream: Ask; whole: (url: string) => Promise<string> }> = {
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
};

const SCRIPT: Partial<Script> = {
  text: ['Grüße, ', 'Welt 🌍'],
  thinking: ['Hm, ', 'so.'],
  usage: { input: 10, cacheRead: 30, output: 9, thinking: 4 },
};

describe.each(WIRES.filter(isPlayed))('the simulated vendor of %s', (wire) => {
  const { stream, whole } = SDKS[wire];
  const start = () => startVendor(dialects[wire]);

  it.each(Object.entries({ asWritten, atOnce, oneByte, splitInCharacter }))(
    'is understood by its SDK, delivered %s',
    async (_, deliver) => {
      await using vendor = await start();
      const asked = vendor.next(answer(SCRIPT), { deliver });
      const heard = await stream(vendor.url);
      expect(heard).toMatchObject({
        text: 'Grüße, Welt 🌍',
        thinking: 'Hm, so.',
        model: 'sim-1-2026-11-01',
      });
      expect(await asked.over).toBe('finished');
    },
  );

  it('counts tokens as that vendor does', async () => {
    await using vendor = await start();
    vendor.always(answer(SCRIPT));
    expect((await stream(vendor.url)).usage).toMatchSnapshot();
  });

  it('answers without a stream', async () => {
    await using vendor = await start();
    vendor.always(unstreamed(SCRIPT));
    expect(await whole(vendor.url)).toBe('Grüße, Welt 🌍');
  });

  it('says things that its SDK does not mind', async () => {
    await using vendor = await start();
    vendor.always(withStrangers({ text: ['All', ' fine'] }));
    expect((await stream(vendor.url)).text).toBe('All fine');
  });

  it.each(
    Object.entries({
      'a cut': { content: answer(SCRIPT), deliver: cutAfter('half') },
      'a reset': { content: answer(SCRIPT), deliver: resetAfter('half') },
      'an error': { content: failure({ status: 500 }), deliver: asWritten },
      'an error in mid-stream': {
        content: failureMidStream({ status: 503, message: 'Overloaded' }),
        deliver: asWritten,
      },
      'a broken event': { content: malformed(SCRIPT), deliver: asWritten },
      'an early end inside an event': { content: answer(SCRIPT), deliver: endAfter(60) },
    }),
  )('makes its SDK fail with %s', async (_, { content, deliver }) => {
    await using vendor = await start();
    vendor.always(content, { deliver });
    await expect(stream(vendor.url)).rejects.toBeInstanceOf(Error);
  });

  it('closes while a client still hangs on it', async () => {
    const vendor = await start();
    const asked = vendor.next(endless());
    const hanging = stream(vendor.url).catch(() => 'gone');
    await asked.request;
    await vendor.close();
    expect(await asked.over).toBe('broken off');
    expect(await hanging).toBe('gone');
  });

  it('does not pass its own defects off as faults', async () => {
    const vendor = await start();
    vendor.always(answer({ text: ['plain'] }), { deliver: splitInCharacter });
    await expect(whole(vendor.url)).rejects.toBeInstanceOf(Error);
    await expect(vendor.close()).rejects.toThrow('could not do what it was told');
  });

  it('says so when it was told nothing', async () => {
    await using vendor = await start();
    await expect(whole(vendor.url)).rejects.toThrow(/not told|501/);
  });
});
