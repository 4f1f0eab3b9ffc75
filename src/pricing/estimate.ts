import type { Ask } from '../core/chat.ts';
import { widthOf } from '../core/text.ts';
import { mediaTokens } from './media.ts';

/** English runs at about four characters a token, code and many scripts at fewer: a low figure errs on the long side. */
const CHARS_PER_TOKEN = 3;

/** How many tokens an ask has at the most likely worst: an estimate with a margin, for deciding what fits. Pure. */
export function estimateTokens({ system = '', messages, schema }: Ask): number {
  const parts = messages.flatMap(({ content }) => content);
  const characters = parts.reduce((sum, part) => sum + (part.type === 'text' ? widthOf(part.text) : 0), widthOf(system));
  const extra = schema === undefined ? 0 : widthOf(JSON.stringify(schema));
  return Math.ceil((characters + extra) / CHARS_PER_TOKEN) + mediaTokens(parts).likely;
}
