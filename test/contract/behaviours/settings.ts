import { expect } from 'vitest';
import type { Ask } from '../../../src/core/chat.ts';
import { userText } from '../../../src/core/chat.ts';
import type { WireId } from '../../../src/wires/wire.ts';
import { answer } from '../../support/reply.ts';
import { modelWhere } from '../catalogue.ts';
import type { Behaviour } from '../contract.ts';
import { customRow } from '../rows.ts';
import type { Row } from '../rows.ts';
import { MODEL, setStage } from '../stage.ts';

const ASK: Ask = { messages: [userText('Hi')], temperature: 0.5, maxTokens: 5000, effort: 'low' };

/** What a user may add to the body of each wire, and where it has to arrive beside what is there. */
const EXTRA: Record<WireId, { extra: Record<string, unknown>; arrives: object }> = {
  'openai-chat': {
    extra: { seed: 7, stop: ['END'], stream_options: { include_obfuscation: false } },
    arrives: { seed: 7, stop: ['END'], stream_options: { include_usage: true, include_obfuscation: false } },
  },
  'openai-responses': {
    extra: { service_tier: 'flex', reasoning: { summary: 'auto' } },
    arrives: { service_tier: 'flex', reasoning: { effort: 'low', summary: 'auto' } },
  },
  'anthropic-messages': {
    extra: { metadata: { user_id: 'u' }, thinking: { display: 'omitted' } },
    arrives: { metadata: { user_id: 'u' }, thinking: { type: 'adaptive', display: 'omitted' } },
  },
  'google-generate': {
    extra: { labels: { team: 'blue' }, generationConfig: { topK: 4, thinkingConfig: { includeThoughts: true } } },
    arrives: {
      labels: { team: 'blue' },
      generationConfig: { maxOutputTokens: 5000, topK: 4, thinkingConfig: { thinkingLevel: 'LOW', includeThoughts: true } },
    },
  },
  'bedrock-converse': {
    extra: { top_k: 4, thinking: { display: 'omitted' } },
    arrives: {
      inferenceConfig: { maxTokens: 5000 },
      additionalModelRequestFields: { top_k: 4, thinking: { type: 'enabled', budget_tokens: 2048, display: 'omitted' } },
    },
  },
};

/** On Bedrock the body's own fields for a model are those of its thinking budget. */
const modelFor = (row: Row): string =>
  row.wire === 'bedrock-converse' ? (modelWhere(row, ({ efforts }) => efforts?.low === 2048)?.id ?? '') : MODEL;

/** Where each wire's own vendor looks for the key. */
const KEY_HEADER: Partial<Record<WireId, { header: string; shown: (key: string) => string; path: string }>> = {
  'openai-chat': { header: 'authorization', shown: (key) => `Bearer ${key}`, path: '/v1' },
  'openai-responses': { header: 'authorization', shown: (key) => `Bearer ${key}`, path: '/v1' },
  'anthropic-messages': { header: 'x-api-key', shown: (key) => key, path: '/v1' },
  'google-generate': { header: 'x-goog-api-key', shown: (key) => key, path: '/v1beta' },
};

const withSettings = (row: Row, settings: NonNullable<Row['settings']>): Row => ({
  ...row,
  settings: { ...row.settings, ...settings },
});

export const settings: readonly Behaviour[] = [
  {
    name: 'adds a config’s extra_body to what is asked, table by table',
    async run({ row }) {
      const { extra, arrives } = EXTRA[row.wire];
      await using stage = await setStage(withSettings(row, { extra_body: extra }));
      stage.vendor.always(answer());
      await stage.call(ASK, { model: modelFor(row) });
      expect(stage.vendor.requests[0]?.body).toMatchObject(arrives);
    },
  },
  {
    name: 'adds a config’s headers to its own',
    async run({ row }) {
      await using stage = await setStage(withSettings(row, { headers: { 'X-Team': 'blue', 'x-trace-of-mine': 'of the user' } }));
      stage.vendor.always(answer());
      await stage.call('Hi');
      expect(stage.vendor.requests[0]?.headers).toMatchObject({ 'x-team': 'blue', 'x-trace-of-mine': 'of the user' });
    },
  },
  {
    name: 'never repeats a config’s header that the vendor echoes',
    async run({ row }) {
      const credential = 'sekret-of-a-gateway-0123456789';
      await using stage = await setStage(withSettings(row, { headers: { 'cf-access-client-secret': credential } }));
      stage.vendor.always((dialect) => ({
        status: 400,
        headers: { 'content-type': 'application/json' },
        pieces: [Buffer.from(JSON.stringify(dialect.trouble({ status: 400, message: `Who is ${credential}?` })))],
      }));
      expect(JSON.stringify((await stage.failure()).facts)).not.toContain(credential);
    },
  },
  {
    name: 'shows the key of an endpoint of one’s own where the wire’s vendor would look for it',
    async run({ row }) {
      const { header, shown, path } = KEY_HEADER[row.wire] ?? { header: '', shown: () => '', path: '' };
      await using stage = await setStage(customRow('mine', row.wire, path));
      stage.vendor.always(answer());
      await stage.call('Hi');
      const carriers = Object.entries(stage.vendor.requests[0]?.headers ?? {}).filter(([, value]) => value?.includes(stage.key));
      expect(carriers).toEqual([[header, shown(stage.key)]]);
    },
  },
];
