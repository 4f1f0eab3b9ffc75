import type { Part } from '../core/chat.ts';

/** What an image takes, in tokens: vendors' documentation runs from 250 to 6,000; the usual is about 1,200. */
const IMAGE = { likely: 1200, most: 6000 };
/**
 * Bytes of a PDF that make a token. A page takes 1,500 to 3,000 tokens (platform.claude.com, PDF support) and 30 kB of text or
 * 500 kB of scan. Nobody has opened the file: what is likely errs on the short side, because refusing one that would have fitted
 * is worse than letting the vendor count.
 */
const PDF_BYTES = { likely: 200, most: 10 };

/** Tokens that images and PDFs take where nobody has measured them: what is likely, and what is hardly ever passed. Pure. */
export function mediaTokens(parts: readonly Part[]): { likely: number; most: number } {
  const images = parts.filter(({ type }) => type === 'image' || type === 'image_url').length;
  // Base64 has four characters for three bytes.
  const bytes = parts.reduce((sum, part) => sum + (part.type === 'pdf' ? part.data.length * 0.75 : 0), 0);
  return {
    likely: images * IMAGE.likely + Math.ceil(bytes / PDF_BYTES.likely),
    most: images * IMAGE.most + Math.ceil(bytes / PDF_BYTES.most),
  };
}
