import type { Ask } from '../core/chat.ts';
import { widthOf } from '../core/text.ts';
import { CHARS_PER_TOKEN } from '../core/tokens.ts';
import { mediaTokens } from './media.ts';

/** How many tokens an ask has at the most likely worst: an estimate with a margin, for deciding what fits. Pure. */
export function estimateTokens({ system = '', messages, schema }: Ask): number {
  const parts = messages.flatMap(({ content }) => content);
  const width = parts.reduce((sum, part) => sum + (part.type === 'text' ? widthOf(part.text) : 0), widthOf(system));
  const extra = schema === undefined ? 0 : widthOf(JSON.stringify(schema));
  return Math.ceil((width + extra) / CHARS_PER_TOKEN.fewest) + mediaTokens(parts).likely;
}
