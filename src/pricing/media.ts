import type { Part } from '../core/chat.ts';
import { countPages, MOST_PAGES } from './pdf-pages.ts';

/** What an image takes, in tokens: vendors' documentation runs from 250 to 6,000; the usual is about 1,200. */
const IMAGE = { likely: 1200, most: 6000 };

/**
 * What a page of a PDF takes, in tokens. Google bills 258 for each; Anthropic and OpenAI send the page's text, up to about 3,000
 * where it is dense, and an image of it beside (platform.claude.com, PDF support). What is likely errs on the short side, because
 * refusing one that would have fitted is worse than letting the vendor count.
 */
const PAGE = { likely: 258, most: 5000 };

/** Bytes of a PDF that make a token, where that is likely more than its pages: a page takes 30 kB of text or 500 kB of scan. */
const BYTES_PER_TOKEN = 200;

/** What images and PDFs take, in tokens: what is likely, and what is hardly ever passed. */
type MediaTokens = { likely: number; most: number };

/** What was counted of a PDF stays with it: it is asked for again with every price of the same call. */
const known = new WeakMap<Part, MediaTokens>();

function pdfTokens(part: Extract<Part, { type: 'pdf' }>): MediaTokens {
  const before = known.get(part);
  if (before !== undefined) return before;
  const pdf = Buffer.from(part.data, 'base64');
  const pages = countPages(pdf);
  const tokens = {
    likely: Math.max(Math.ceil(pdf.length / BYTES_PER_TOKEN), (pages ?? 0) * PAGE.likely),
    most: (pages ?? MOST_PAGES) * PAGE.most,
  };
  known.set(part, tokens);
  return tokens;
}

function tokensFor(part: Part): MediaTokens {
  if (part.type === 'text') return { likely: 0, most: 0 };
  return part.type === 'pdf' ? pdfTokens(part) : IMAGE;
}

/**
 * Tokens that images and PDFs take where nobody has measured them. `context`: the model's window, which nothing that is answered
 * passes. Pure.
 */
export function mediaTokens(parts: readonly Part[], context = Infinity): MediaTokens {
  const each = parts.map(tokensFor);
  const most = each.reduce((sum, one) => sum + one.most, 0);
  return { likely: each.reduce((sum, one) => sum + one.likely, 0), most: Math.min(most, context) };
}
