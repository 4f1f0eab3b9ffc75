import { expect } from 'vitest';
import { userText } from '../../../src/core/chat.ts';
import type { Quirks } from '../../../src/wires/wire.ts';
import { answer, failure as refusal, saying } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';

const chatChunk = (part: object): { data: object } => ({
  data: { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'sim-1', ...part },
});

const chatDelta = (delta: object, finish: string | null = null): { data: object } =>
  chatChunk({ choices: [{ index: 0, delta, finish_reason: finish }] });

/** How aggregators and makers end a stream that broke on their side. */
const BREAKDOWNS = ['error', 'network_error', 'insufficient_system_resource'];

type Style = NonNullable<Quirks['effort']>;

/** How each is told not to think at all: a switch that is off has no effort beside it. */
const OFF: Record<Style, object> = {
  reasoning_effort: { reasoning_effort: 'none' },
  reasoning: { reasoning: { effort: 'none' } },
  reasoning_enabled: { reasoning: { enabled: false } },
  thinking: { thinking: { type: 'disabled' } },
  adaptive: { thinking: { type: 'disabled' } },
  enable_thinking: { enable_thinking: false },
  unsupported: {},
};

/** Every field in which some vendor of this wire is told how to think. */
const SWITCHES = new Set(['reasoning_effort', 'reasoning', 'thinking', 'enable_thinking', 'chat_template_kwargs']);

/** What some of the many servers of the chat wire do, and any may. */
export const chat: readonly Behaviour[] = [
  {
    name: 'may forget to say [DONE]',
    async run({ row, vendor, call }) {
      const { farewell: _, ...framing } = row.dialect.framing;
      vendor.always((dialect, request) => answer()({ ...dialect, framing }, request));
      expect((await call('Hi')).text).toBe('Hello');
    },
  },
  {
    name: 'may send the error of another vendor in a choice',
    async run({ vendor, failure }) {
      const error = { code: 429, message: 'Provider returned error', metadata: { raw: 'slow down' } };
      vendor.always(
        saying(chatDelta({ content: 'Hal' }), chatChunk({ choices: [{ index: 0, delta: {}, finish_reason: 'error', error }] })),
      );
      expect((await failure()).kind).toBe('rate_limited');
    },
  },
  {
    name: 'may say in the reason to finish that something of its own broke',
    async run({ vendor, failure }) {
      for (const reason of BREAKDOWNS) {
        vendor.inTurn(saying(chatDelta({ content: 'Half of an ' }), chatDelta({ content: 'answer' }, reason)));
        expect((await failure()).kind).toBe('upstream');
      }
    },
  },
  {
    name: 'may refuse in a field of its own',
    async run({ vendor, call }) {
      vendor.always(saying(chatDelta({ refusal: 'I will ' }), chatDelta({ refusal: 'not.' }), chatDelta({}, 'stop')));
      expect(await call('Hi')).toMatchObject({ text: 'I will not.', stop: 'refused' });
    },
  },
  {
    name: 'may send typed pieces where others send strings',
    async run({ vendor, call }) {
      const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }];
      vendor.always(
        saying(chatDelta({ content: thinking }), chatDelta({ content: [{ type: 'text', text: 'Yes.' }] }), chatDelta({}, 'stop')),
      );
      expect(await call('Hi')).toMatchObject({ text: 'Yes.', thinking: 'Hm.' });
    },
  },
  {
    name: 'may think in tags that arrive in pieces, and mention tags later',
    async run({ vendor, call }) {
      const pieces = ['\n<th', 'ink>Is <b> a tag', '?</thi', 'nk>', '\n\nWrite <think> so: </think>.'];
      vendor.always(saying(...pieces.map((content) => chatDelta({ content })), chatDelta({}, 'stop')));
      expect(await call('Hi')).toMatchObject({ text: 'Write <think> so: </think>.', thinking: 'Is <b> a tag?' });
    },
  },
  {
    name: 'may count what the cache served in fields of its own',
    async run({ vendor, call }) {
      const usage = { prompt_tokens: 50, completion_tokens: 5, prompt_cache_hit_tokens: 40, prompt_cache_miss_tokens: 10 };
      vendor.always(saying(chatDelta({ content: 'Hi' }), chatDelta({}, 'stop'), chatChunk({ choices: [], usage })));
      expect((await call('Hi')).usage).toEqual({ input: 10, cacheRead: 40, output: 5 });
    },
  },
  {
    name: 'may count beside the choice, with the cache on the top level',
    async run({ vendor, call }) {
      const usage = { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55, cached_tokens: 40 };
      const last = { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] };
      vendor.always(saying(chatDelta({ content: 'Hi' }), chatChunk(last)));
      expect((await call('Hi')).usage).toEqual({ input: 10, cacheRead: 40, output: 5 });
    },
  },
  {
    name: 'is told not to think in its own words',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      await call({ messages: [userText('Hi')], effort: 'none' });
      const { body } = vendor.requests[0] ?? { body: undefined };
      const said = Object.fromEntries(Object.entries(Object(body)).filter(([field]) => SWITCHES.has(field)));
      expect(said).toEqual(OFF[row.provider.quirks?.effort ?? 'reasoning_effort']);
    },
  },
  {
    name: 'takes temperatures up to its own highest',
    async run({ row, vendor, call }) {
      const highest = row.provider.quirks?.maxTemperature ?? 2;
      vendor.always(answer());
      expect((await call({ messages: [userText('Hi')], temperature: highest })).notes).toEqual([]);
      const { notes } = await call({ messages: [userText('Hi')], temperature: highest + 0.4 });
      expect(notes).toEqual([
        { param: 'temperature', asked: String(highest + 0.4), sent: String(highest), why: expect.any(String) },
      ]);
      expect(vendor.requests.map(({ body }) => body)).toMatchObject([{ temperature: highest }, { temperature: highest }]);
    },
  },
  {
    name: 'may stop a prompt at its filter with the status 400',
    async run({ vendor, failure }) {
      const message = 'The response was filtered due to the prompt triggering the content management policy.';
      vendor.always(refusal({ status: 400, code: 'content_filter', param: 'prompt', message }));
      expect((await failure()).kind).toBe('refused');
    },
  },
  {
    name: 'may name a parameter that the model does not take',
    async run({ vendor, failure }) {
      const message = "Unsupported parameter: 'temperature' is not supported with this model.";
      vendor.inTurn(
        refusal({ status: 400, code: 'unsupported_parameter', param: 'temperature', message }),
        refusal({ status: 400, message }),
      );
      for (let nth = 0; nth < 2; nth += 1)
        expect(await failure()).toMatchObject({ kind: 'unsupported', facts: { param: 'temperature' } });
    },
  },
];
