import { expect, it } from 'vitest';
import { setupOf } from '../../src/config/of-model.ts';
import { userText } from '../../src/core/chat.ts';
import { defined } from '../../src/core/defined.ts';
import { WIRE } from '../../src/wires/index.ts';
import { setup } from '../config/configured.ts';

const ENV = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' };

/** What a model on Bedrock is told besides the conversation, with an effort that it takes as it is. */
function told(model: string, effort: 'none' | 'minimal' | 'high'): unknown {
  const { provider } = setupOf(setup({ env: ENV }, 'bedrock'), model);
  const ask = { messages: [userText('Hi')], effort };
  const { body } = WIRE[provider.wire].encode({ ask, model: { id: model }, ...defined({ quirks: provider.quirks }) });
  return { fields: body['additionalModelRequestFields'], output: body['outputConfig'] };
}

// As the documents of Amazon and of the models' makers say it.
it.each([
  ['eu.anthropic.claude-opus-4-6-v1', 'high', { fields: { thinking: { type: 'adaptive' } }, output: { effort: 'high' } }],
  ['amazon.nova-2-lite-v1:0', 'high', { fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } } }],
  ['us.amazon.nova-2-lite-v1:0', 'minimal', { fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } } }],
  ['amazon.nova-2-lite-v1:0', 'none', { fields: { reasoningConfig: { type: 'disabled' } } }],
  ['openai.gpt-oss-120b-1:0', 'high', { fields: { reasoning_effort: 'high' } }],
  ['us.openai.gpt-6.1-sol', 'high', { fields: { reasoning: { effort: 'high' } } }],
  ['qwen.qwen3-32b-v1:0', 'high', { fields: { reasoning_config: 'high' } }],
  ['arn:aws:bedrock:eu-west-1:1:application-inference-profile/x', 'high', { output: { effort: 'high' } }],
] as const)('%s at effort %s', (model, effort, expected) => {
  expect(told(model, effort)).toEqual({ fields: undefined, output: undefined, ...expected });
});
