import type { WireId } from '../../../src/wires/wire.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import type { Dialect } from './dialect.ts';
import { googleGenerate } from './google-generate.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';

/** The wires whose vendors can be simulated. */
export type PlayedWire = Exclude<WireId, 'bedrock-converse'>;

/** Each wire as its own vendor speaks it. */
export const dialects: Record<PlayedWire, Dialect> = {
  'openai-chat': openaiChat(),
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
};

export const isPlayed = (wire: WireId): wire is PlayedWire => wire in dialects;
