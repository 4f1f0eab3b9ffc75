import type { WireId } from '../../../src/wires/wire.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { bedrockConverse } from './bedrock-converse.ts';
import type { Dialect } from './dialect.ts';
import { googleGenerate } from './google-generate.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

/** Each wire as its own vendor speaks it. */
export const dialects: Record<WireId, Dialect> = {
  'openai-chat': openaiChat(),
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
  'bedrock-converse': bedrockConverse,
};
