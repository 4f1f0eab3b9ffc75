import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { mediaTokens } from '../../src/pricing/media.ts';
import { countPages } from '../../src/pricing/pdf-pages.ts';

const page = (nth: number): string => `<< /Type /Page /Parent 1 0 R /Contents ${nth} 0 R >>`;
const pages = (many: number): string => Array.from({ length: many }, (_, nth) => page(nth)).join('\n');
const tree = (count: number): string => `<< /Type /Pages /Kids [] /Count ${count} >>`;

/** A PDF of these objects, each written as it stands. */
const pdfOf = (...objects: (string | Buffer)[]): Buffer =>
  Buffer.concat(
    [Buffer.from('%PDF-1.7\n'), ...objects.map((one, nth) => [`${nth + 1} 0 obj\n`, one, '\nendobj\n'])]
      .flat()
      .map((one) => Buffer.from(one)),
  );

/** Objects packed into one, as most writers do since PDF 1.5. */
const packed = (text: string, pack: (bytes: Buffer) => Buffer = deflateSync): Buffer => {
  const bytes = pack(Buffer.from(text));
  return Buffer.concat([
    Buffer.from(`<< /Type /ObjStm /N 1 /Filter /FlateDecode /Length ${bytes.length} >>\nstream\r\n`),
    bytes,
    Buffer.from('\r\nendstream'),
  ]);
};

const tokensOf = (pdf: Buffer, context?: number) => mediaTokens([{ type: 'pdf', data: pdf.toString('base64') }], context);

describe('the pages of a PDF', () => {
  it.each([
    ['that stand in the open', pdfOf(pages(3)), 3],
    ['in spelling of all kinds', pdfOf('<</Type/Page>>', '<< /Type\n/Page\n>>', '<< /Type /PageLabel >>'), 2],
    ['that are packed', pdfOf(packed(pages(100))), 100],
    ['in several packs and in the open', pdfOf(pages(2), packed(pages(5)), packed(pages(7))), 14],
    ['that are only told', pdfOf(tree(40)), 40],
    ['of which more are told than found', pdfOf(pages(2), packed(tree(300))), 300],
    ['of which fewer are told than found', pdfOf(tree(1), pages(9)), 9],
    ['beyond any vendor’s limit', pdfOf(tree(50_000)), 1000],
    ['of which there are none', pdfOf('<< /Type /Catalog >>'), undefined],
    [
      'that are encrypted',
      pdfOf(
        tree(1),
        packed('x', () => Buffer.from('not to be unpacked')),
      ),
      undefined,
    ],
    ['that are packed in another way', pdfOf(packed(pages(3), gzipSync)), undefined],
    ['that unpack to more than anybody reads', pdfOf(packed(' '.repeat(5_000_000))), undefined],
    ['of what is no PDF', Buffer.from('hello'), undefined],
  ])('%s', (_, pdf, count) => {
    expect(countPages(pdf)).toBe(count);
  });

  it('make what is held, however few bytes they have', () => {
    const dense = pdfOf(packed(pages(100)));
    expect(dense.length).toBeLessThan(2000);
    expect(tokensOf(dense).most).toBeGreaterThanOrEqual(100 * 3000);
    expect(tokensOf(dense).likely).toBeGreaterThanOrEqual(100 * 258);
    expect(tokensOf(dense, 200_000).most).toBe(200_000);
  });

  it('that nobody can count are held as many as a vendor takes, within the model’s window', () => {
    expect(tokensOf(Buffer.from('%PDF-1.7')).most).toBe(5_000_000);
    expect(tokensOf(Buffer.from('%PDF-1.7'), 1_000_000).most).toBe(1_000_000);
  });
});
