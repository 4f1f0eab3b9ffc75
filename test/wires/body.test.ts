import { describe, expect, it } from 'vitest';
import { userText } from '../../src/core/chat.ts';
import { WIRE } from '../../src/wires/index.ts';
import { join } from '../../src/wires/join.ts';
import type { WireId } from '../../src/wires/wire.ts';

const ask = { system: 'the secret rules', messages: [userText('the secret question')], maxTokens: 123, temperature: 0.5 };

describe.each(Object.values(WIRE))('a body of $id', (wire) => {
  const { body } = wire.encode({ ask, model: { id: 'm' } });

  it('is known to be bounded as was asked', () => {
    expect(wire.outputLimit(body)).toBe(123);
  });

  it('shows its parameters, and nothing of the conversation', () => {
    const shown = JSON.stringify(wire.parameters(body));
    expect(shown).toContain('123');
    expect(shown).toContain('0.5');
    expect(shown).not.toContain('secret');
    expect(JSON.stringify(body)).toContain('the secret question');
    expect(JSON.stringify(body)).toContain('the secret rules');
  });
});

it.each<[WireId, object]>([
  ['openai-chat', { max_tokens: 9000 }],
  ['openai-responses', { max_output_tokens: 9000 }],
  ['anthropic-messages', { max_tokens: 9000 }],
  ['google-generate', { generationConfig: { maxOutputTokens: 9000 } }],
  ['bedrock-converse', { max_tokens: 9000 }],
  ['bedrock-converse', { inferenceConfig: { maxTokens: 9000 } }],
])('what a user puts into bodies of %s counts as a bound too: %j', (id, extra) => {
  const wire = WIRE[id];
  const { body } = wire.encode({ ask, model: { id: 'm' } });
  expect(wire.outputLimit(join(body, { ...extra }))).toBe(9000);
});

it('a body that bounds nothing has no limit', () => {
  const { body } = WIRE['openai-chat'].encode({ ask: { messages: ask.messages }, model: { id: 'm' } });
  expect(WIRE['openai-chat'].outputLimit(body)).toBeUndefined();
  expect(WIRE['openai-chat'].outputLimit({ ...body, max_tokens: 0 })).toBeUndefined();
});
