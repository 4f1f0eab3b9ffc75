import { expect } from 'vitest';
import type { Ask, Message } from '../../../src/core/chat.ts';
import { userText } from '../../../src/core/chat.ts';
import { answer } from '../../support/reply.ts';
import type { VendorRequest } from '../../support/vendor.ts';
import { belowMax, bounded, modelWhere, withoutTemperature, withoutThinking } from '../catalogue.ts';
import type { Behaviour } from '../contract.ts';
import type { Stage } from '../stage.ts';

const reply = (text: string): Message => ({ role: 'assistant', content: [{ type: 'text', text }] });

const EVERYTHING: Ask = {
  system: 'You are terse.',
  messages: [userText('First question.'), reply('First answer.'), userText('Second question.')],
  maxTokens: 500,
  temperature: 0.5,
  effort: 'low',
};

/** What a signature makes different in every request. */
const OF_THE_MOMENT: readonly (readonly [RegExp, string])[] = [
  [/(?<=aws-sdk-js\/)[\d.]+/g, 'x.y.z'],
  [/\b\d{8}T\d{6}Z\b/g, '<time>'],
  [/(?<=Credential=\w+\/)\d{8}\b/g, '<day>'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
];

/** What a reader of the snapshot wants to see; the key is told by its name. */
const legible = ({ method, path, headers, body }: VendorRequest, key: string): string => {
  const { host: _, connection: __, 'content-length': ___, 'user-agent': agent, ...own } = headers;
  const shown = { request: `${method} ${path}`, headers: { ...own, 'user-agent': agent?.replace(/[\d.]+/, 'x.y.z') }, body };
  const text = JSON.stringify(shown, null, 2).replaceAll(key, '<key>');
  return `${OF_THE_MOMENT.reduce((sofar, [pattern, name]) => sofar.replaceAll(pattern, name), text)}\n`;
};

/** The only request that the vendor got, for a call that it answers. */
async function requestFor({ vendor, call }: Stage, ...args: Parameters<Stage['call']>): Promise<VendorRequest> {
  const asked = vendor.next(answer());
  await call(...args);
  return asked.request;
}

export const requests: readonly Behaviour[] = [
  {
    name: 'is what the vendor documents',
    everywhere: true,
    async run(stage) {
      const request = await requestFor(stage, EVERYTHING);
      await expect(legible(request, stage.key)).toMatchFileSnapshot(`./requests/${stage.row.name.replaceAll(' ', '-')}.json`);
    },
  },
  {
    name: 'holds nothing that was not asked for',
    async run(stage) {
      const { text } = await requestFor(stage, 'Just this.');
      for (const field of [
        'temperature',
        'system',
        'instructions',
        'effort',
        'thinking',
        'reasoning',
        'top_p',
        'schema',
        'tools',
        'null',
      ]) {
        expect(text).not.toContain(field);
      }
      // Anthropic alone insists on a bound.
      const isBound = stage.row.wire === 'anthropic-messages';
      expect(/max\w*tokens/i.test(text)).toBe(isBound);
    },
  },
  {
    name: 'has the system prompt once and outside what the user said',
    async run(stage) {
      const { text } = await requestFor(stage, EVERYTHING);
      expect(text.split('You are terse.')).toHaveLength(2);
      expect(text).not.toMatch(/You are terse\.[^"]|[^"]You are terse\./);
    },
  },
  {
    name: 'tells the turns in their order',
    async run(stage) {
      const { text } = await requestFor(stage, EVERYTHING);
      const places = ['First question.', 'First answer.', 'Second question.'].map((turn) => text.indexOf(turn));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    },
  },
  {
    name: 'carries any text unharmed',
    async run(stage) {
      const text = 'Tabs\tand "quotes" and \\ and é, 漢字, 👩‍👩‍👧 and </script> and \u2028 too.';
      const request = await requestFor(stage, text);
      expect(JSON.stringify(request.body)).toContain(JSON.stringify(text));
    },
  },
  {
    name: 'carries no half of a character, which strict parsers refuse',
    async run(stage) {
      const request = await requestFor(stage, { system: 'Sys \udc00 tem', messages: [userText('Half \ud83d a smile')] });
      expect(request.text).not.toMatch(/\\ud[89a-f]/i);
      expect(request.text).toMatch(/Half .{1,3} a smile/);
    },
  },
  {
    name: 'carries images by value',
    async run(stage) {
      const content = [
        { type: 'text', text: 'What is this?' } as const,
        { type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' } as const,
      ];
      const { text } = await requestFor(stage, { messages: [{ role: 'user', content }] });
      expect(text).toMatch(/image\/png|"format":"png"/);
      expect(text).toContain('iVBORw0KGgo=');
    },
  },
  {
    name: 'shows the key in its own header and nowhere else',
    everywhere: true,
    async run(stage) {
      const { path, headers, text } = await requestFor(stage, 'Who am I?');
      const carriers = Object.entries(headers).filter(([, value]) => String(value).includes(stage.key));
      expect(carriers).toHaveLength(1);
      expect(path + text).not.toContain(stage.key);
    },
  },
  {
    name: 'says nothing of the machine that it comes from',
    async run(stage) {
      const { headers } = await requestFor(stage, 'Who am I?');
      expect(
        Object.keys(headers).filter((name) => /stainless|goog-api-client|x-client|telemetry|traceparent/.test(name)),
      ).toEqual([]);
      expect(headers['user-agent']).toMatch(/^switchboard/);
    },
  },
  {
    name: 'leaves out a temperature that the model refuses',
    async run(stage) {
      const model = modelWhere(stage.row, withoutTemperature)?.id ?? '';
      stage.vendor.always(answer());
      const { notes } = await stage.call({ messages: [userText('Hi')], temperature: 0.2 }, { model });
      expect(notes).toContainEqual(
        expect.objectContaining({ param: 'temperature', asked: '0.2', sent: null, why: expect.stringContaining(model) }),
      );
      expect(stage.vendor.requests[0]?.text).not.toContain('temperature');
    },
  },
  {
    name: 'leaves out an effort that the model does not have',
    async run(stage) {
      const model = modelWhere(stage.row, withoutThinking)?.id ?? '';
      stage.vendor.always(answer());
      const { notes } = await stage.call({ messages: [userText('Hi')], effort: 'high' }, { model });
      expect(notes).toContainEqual(expect.objectContaining({ param: 'reasoning_effort', asked: 'high', sent: null }));
      expect(stage.vendor.requests[0]?.text).not.toMatch(/effort|reasoning|thinking/);
    },
  },
  {
    name: 'sends the nearest effort that the model has',
    async run(stage) {
      const model = modelWhere(stage.row, belowMax);
      stage.vendor.always(answer());
      const { notes } = await stage.call({ messages: [userText('Hi')], effort: 'max' }, { model: model?.id ?? '' });
      const highest = (['xhigh', 'high', 'medium', 'low'] as const).find((effort) => model?.efforts?.[effort] !== undefined);
      expect(notes).toContainEqual(expect.objectContaining({ param: 'reasoning_effort', asked: 'max', sent: highest }));
    },
  },
  {
    name: 'asks for no more tokens than the model gives',
    async run(stage) {
      const model = modelWhere(stage.row, bounded);
      stage.vendor.always(answer());
      const { notes } = await stage.call({ messages: [userText('Hi')], maxTokens: 900_000_000 }, { model: model?.id ?? '' });
      expect(notes).toContainEqual(
        expect.objectContaining({ param: 'max_tokens', asked: '900000000', sent: String(model?.maxOutput) }),
      );
      expect(stage.vendor.requests[0]?.text).toMatch(new RegExp(`max\\w*tokens"?:${model?.maxOutput}\\b`, 'i'));
    },
  },
  {
    name: 'keeps an unknown model’s settings as they were asked',
    async run(stage) {
      stage.vendor.always(answer());
      const { effort: _, ...calm } = EVERYTHING;
      const { temperature: __, ...thoughtful } = EVERYTHING;
      expect((await stage.call(calm)).notes).toEqual([]);
      expect((await stage.call(thoughtful)).notes).toEqual([]);
      const [first, second] = stage.vendor.requests.map(({ text }) => text.toLowerCase());
      expect(first).toMatch(/"temperature":0\.5\b/);
      expect(second).toContain('"low"');
      for (const text of [first, second]) expect(text).toMatch(/max_?\w*tokens":500\b/);
    },
  },
];
