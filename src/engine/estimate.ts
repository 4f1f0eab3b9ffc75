import type { Ask } from '../core/chat.ts';

/** English runs at about four characters a token, code and other scripts at fewer: a low figure errs on the long side. */
const CHARS_PER_TOKEN = 3;
/** What an image takes, in tokens, where nobody has measured it: vendors' documentation runs from 250 to 1,600. */
const IMAGE_TOKENS = 1200;
/**
 * A page takes 1,500 to 3,000 tokens (platform.claude.com, PDF support) and 30 kB of text or 500 kB of scan. Nobody has opened
 * the file, and refusing one that would have fitted is worse than letting the vendor count: so this errs on the short side.
 */
const BYTES_PER_PDF_TOKEN = 200;

/** How many tokens an ask has at the most likely worst: an estimate with a margin, for deciding what fits. Pure. */
export function estimateTokens({ system = '', messages, schema }: Ask): number {
  const parts = messages.flatMap(({ content }) => content);
  const characters = parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), system.length);
  const images = parts.filter(({ type }) => type === 'image' || type === 'image_url').length;
  const pdfBytes = parts.reduce((sum, part) => sum + (part.type === 'pdf' ? part.data.length * 0.75 : 0), 0);
  const extra = schema === undefined ? 0 : JSON.stringify(schema).length;
  return Math.ceil((characters + extra) / CHARS_PER_TOKEN) + images * IMAGE_TOKENS + Math.ceil(pdfBytes / BYTES_PER_PDF_TOKEN);
}
