import { inflateSync } from 'node:zlib';

/** More than any vendor takes in one request: Google's limit, the largest. */
export const MOST_PAGES = 1000;

/** How much is unpacked of one compressed part, and of all of them, in bytes: a few kilobytes may unpack to gigabytes. */
const MOST_OF_ONE = 4 * 1_048_576;
const MOST_OF_ALL = 32 * 1_048_576;

const PAGE = /\/Type\s*\/Page(?![A-Za-z0-9])/g;
/** How many pages a node of the tree of pages says that it has below it. */
const COUNT = /\/Count\s+(\d{1,6})\b/g;

/** Where the bytes of a compressed part begin, behind the table that describes it. */
const BEGINS = /stream\r?\n/g;

/** The parts that hold further objects, compressed (PDF 1.5 and later put most pages there). */
function packedParts(pdf: Buffer, text: string): Buffer[] {
  const parts: Buffer[] = [];
  for (const { index } of text.matchAll(/\/Type\s*\/ObjStm/g)) {
    BEGINS.lastIndex = index;
    const begins = BEGINS.exec(text);
    const from = begins === null ? -1 : BEGINS.lastIndex;
    const to = text.indexOf('endstream', from);
    if (from !== -1 && to !== -1) parts.push(pdf.subarray(from, to));
  }
  return parts;
}

/** The objects of a PDF as text, unpacked; undefined where not all of them can be read: it is encrypted, or too large. */
function readable(pdf: Buffer): string[] | undefined {
  // Every byte is one character, whatever it means.
  const text = pdf.toString('latin1');
  const texts = [text];
  let left = MOST_OF_ALL;
  try {
    for (const part of packedParts(pdf, text)) {
      const unpacked = inflateSync(part, { maxOutputLength: Math.max(1, Math.min(MOST_OF_ONE, left)) });
      left -= unpacked.length;
      texts.push(unpacked.toString('latin1'));
    }
  } catch {
    return undefined;
  }
  return texts;
}

/**
 * Counts the pages of a PDF: those that it holds, or as many as it says where that is more. Undefined where it cannot be told.
 * Pure.
 */
export function countPages(pdf: Buffer): number | undefined {
  const texts = readable(pdf);
  if (texts === undefined) return undefined;
  const found = texts.reduce((sum, text) => sum + (text.match(PAGE)?.length ?? 0), 0);
  const told = texts.flatMap((text) => Array.from(text.matchAll(COUNT), ([, count]) => Number(count)));
  const pages = told.reduce((most, count) => Math.max(most, count), found);
  return pages === 0 ? undefined : Math.min(pages, MOST_PAGES);
}
