import { expect } from 'vitest';
import { type Ask, type Message, userText } from '../../../src/core/chat.ts';
import type { WireId } from '../../../src/wires/wire.ts';
import { answer } from '../../support/reply.ts';
import { modelWhere } from '../catalogue.ts';
import type { Behaviour } from '../contract.ts';
import type { Row } from '../rows.ts';
import { MODEL } from '../stage.ts';

const reply = (text: string): Message => ({ role: 'assistant', content: [{ type: 'text', text }] });

const TALK: Ask = {
  system: 'You count.',
  messages: [userText('One?'), reply('One.'), userText('Two?'), reply('Two.'), userText('Three?')],
};

const WHERE: Record<WireId, 'messages' | 'input' | 'contents'> = {
  'openai-chat': 'messages',
  'openai-responses': 'input',
  'anthropic-messages': 'messages',
  'google-generate': 'contents',
  'bedrock-converse': 'messages',
};

/** What was said by whom, in the order in which the vendor hears it. */
function heard({ wire }: Row, body: unknown): string[] {
  const turns: unknown[] = Object(body)[WHERE[wire]];
  return turns.flatMap((turn) => {
    const { role, ...said } = Object(turn);
    const text = /(?:One|Two|Three)[?.]/.exec(JSON.stringify(said))?.[0];
    return text === undefined ? [] : [`${role === 'model' ? 'assistant' : role}: ${text}`];
  });
}

/** A model whose cache wants to be told what to keep, where the row has one, and how it is told. */
function marking(row: Row): { model: string; mark: string } | undefined {
  if (row.wire === 'anthropic-messages') return { model: MODEL, mark: '"cache_control":{"type":"ephemeral"}' };
  if (row.wire === 'bedrock-converse') {
    const model = modelWhere(row, ({ rates }) => rates?.cacheWrite !== undefined)?.id;
    return model === undefined ? undefined : { model, mark: '{"cachePoint":{"type":"default"}}' };
  }
  const prefix = row.wire === 'openai-chat' ? row.provider.quirks?.cacheMark : undefined;
  return prefix === undefined ? undefined : { model: `${prefix}sim-1`, mark: '"cache_control":{"type":"ephemeral"}' };
}

/** How a summary of thinking is asked for, where it does not come by itself. */
const SUMMARY: Record<WireId, object> = {
  'openai-chat': {},
  'openai-responses': { reasoning: { effort: 'low', summary: 'auto' } },
  'anthropic-messages': { thinking: { type: 'adaptive', display: 'summarized' } },
  'google-generate': { generationConfig: { thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: true } } },
  'bedrock-converse': {},
};

const SUMMARISING = /"summary"|includeThoughts|"display"/;

/** Conversations, and what else an ask may say of its thinking. */
export const turns: readonly Behaviour[] = [
  {
    name: 'carries a conversation of three turns in order, each under its role',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      expect((await call(TALK)).notes).toEqual([]);
      expect(heard(row, vendor.requests[0]?.body)).toEqual([
        'user: One?',
        'assistant: One.',
        'user: Two?',
        'assistant: Two.',
        'user: Three?',
      ]);
    },
  },
  {
    name: 'marks the end of a conversation for the cache where it wants to be told, and never a single turn',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const { model, mark } = marking(row) ?? { model: MODEL, mark: undefined };
      await call(TALK, { model });
      await call('Only this.', { model });
      const [talk, single] = vendor.requests.map(({ text }) => text);
      expect(single).not.toMatch(/cache/i);
      if (mark === undefined) expect(talk).not.toMatch(/cache/i);
      else {
        expect(talk?.split(mark)).toHaveLength(2);
        expect(talk?.indexOf(mark)).toBeGreaterThan(talk?.indexOf('Three?') ?? Infinity);
      }
    },
  },
  {
    name: 'asks for a summary of thinking only when told to, and of nobody who is told not to think',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      const asking = (effort: 'low' | 'none'): Ask => ({ messages: [userText('Hi')], effort, thinkingSummary: true });
      await call(asking('low'));
      await call(asking('none'));
      await call({ messages: [userText('Hi')], effort: 'low' });
      expect(vendor.requests[0]?.body).toMatchObject(SUMMARY[row.wire]);
      for (const { text } of vendor.requests.slice(1)) expect(text).not.toMatch(SUMMARISING);
    },
  },
];
