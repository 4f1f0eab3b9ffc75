import { anthropicMessages } from './anthropic-messages.ts';
import { bedrockConverse } from './bedrock-converse.ts';
import type { Carries } from './fit.ts';
import { googleGenerate } from './google-generate.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiResponses } from './openai-responses.ts';
import type { Quirks, Wire, WireId } from './wire.ts';

export const WIRE: Readonly<Record<WireId, Wire>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
  'bedrock-converse': bedrockConverse,
};

/** What a vendor can be given at all, by the wire that it speaks and its quirks. */
export const carriesOf = ({ wire, quirks = {} }: { wire: WireId; quirks?: Quirks }): Carries => WIRE[wire].carries(quirks);
