import { describe, expect, it } from 'vitest';
import { openStage } from './stage.ts';

const PNG = Buffer.concat([
  Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
  Buffer.from([0, 0, 0, 13]),
  Buffer.from('IHDR'),
  Buffer.alloc(17),
]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
const GIF = Buffer.from('GIF89a\u0001\0', 'latin1');
const WEBP = Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1');
const PDF = Buffer.from('%PDF-1.7\n');

describe('images in a call', () => {
  it.each([
    ['a.png', PNG, 'image/png'],
    ['photo.JPG', JPEG, 'image/jpeg'],
    ['a.gif', GIF, 'image/gif'],
    ['a.webp', WEBP, 'image/webp'],
    ['misnamed.png', JPEG, 'image/jpeg'],
  ])('reads %s by its content', async (name, bytes, mediaType) => {
    await using stage = await openStage();
    await stage.write(`pics/${name}`, bytes);
    const { parts, sent, text } = await stage.get({ images: [`pics/${name}`] });
    expect(parts).toEqual([{ type: 'image', mediaType, data: bytes.toString('base64') }]);
    expect(sent).toEqual([{ what: 'image', path: `pics/${name}`, root: stage.project, bytes: bytes.length }]);
    expect(text).toBe('');
  });

  it('reads PDFs, addresses and data URIs, in their order', async () => {
    await using stage = await openStage();
    await stage.write('docs/spec.pdf', PDF);
    const images = ['docs/spec.pdf', 'https://cdn.site.org/a.png?w=100', `data:image/jpg;base64,${JPEG.toString('base64')}`];
    const { parts, sent } = await stage.get({ images });
    expect(parts).toEqual([
      { type: 'pdf', data: PDF.toString('base64'), name: 'spec.pdf' },
      { type: 'image_url', url: 'https://cdn.site.org/a.png?w=100' },
      { type: 'image', mediaType: 'image/jpeg', data: JPEG.toString('base64') },
    ]);
    expect(sent.map(({ what, path }) => `${what} ${path}`)).toEqual([
      'pdf docs/spec.pdf',
      'image https://cdn.site.org/a.png?w=100',
      'image data URI 3',
    ]);
  });

  it.each([
    [
      'big.png',
      Buffer.concat([PNG, Buffer.alloc(15_000_001)]),
      /"big\.png" has 15\.0 MB: pass a PNG, JPEG, GIF or WebP of at most 15 MB/,
    ],
    ['big.pdf', Buffer.concat([PDF, Buffer.alloc(20_000_001)]), /the limit is 20 MB/],
    ['a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /is no picture or PDF by its content: pass a PNG/],
    ['short.jpg', JPEG.subarray(0, 3), /is no picture or PDF by its content/],
    ['empty.png', Buffer.alloc(0), /is no picture or PDF by its content/],
  ])('refuses %s and says the limits', async (name, bytes, says) => {
    await using stage = await openStage();
    await stage.write(name, bytes);
    await expect(stage.get({ images: [name] })).rejects.toThrow(says);
  });

  it('reads a data URI whose base64 is broken into lines', async () => {
    await using stage = await openStage();
    const data = PNG.toString('base64');
    const { parts } = await stage.get({ images: [`data:image/png;base64,\r\n${data.slice(0, 20)}\n  ${data.slice(20)}\n`] });
    expect(parts).toEqual([{ type: 'image', mediaType: 'image/png', data }]);
  });

  it.each(['data:image/png;base64,', 'data:text/plain;charset=utf-8;base64,', 'data:;base64,', ' data:IMAGE/PNG;base64,'])(
    'takes a data URI for what it holds, whatever %j says of it',
    async (label) => {
      await using stage = await openStage();
      const { parts } = await stage.get({ images: [`${label}${GIF.toString('base64')}`, `${label}${PDF.toString('base64')}`] });
      expect(parts).toMatchObject([{ type: 'image', mediaType: 'image/gif' }, { type: 'pdf' }]);
    },
  );

  it.each([
    'https://cdn.site.org/pdf/1706.03762',
    'https://cdn.site.org/a.PDF?download=1',
    'https://cdn.site.org/get?file=a.pdf&x=1',
    'https://cdn.site.org/export?format=pdf',
    'https://cdn.site.org/export?type=application%2Fpdf',
  ])('knows a PDF by its address: %s', async (address) => {
    await using stage = await openStage();
    await expect(stage.get({ images: [address] })).rejects.toThrow(/The PDF at "https:\/\/cdn\.site\.org" is not fetched/);
  });

  it.each(['https://cdn.site.org/pdf-icons/a.png', 'https://cdn.site.org/a.png?title=pdfs', 'https://cdn.site.org/pdfs/a.png'])(
    'takes no picture for a PDF: %s',
    async (address) => {
      await using stage = await openStage();
      expect((await stage.get({ images: [address] })).parts).toHaveLength(1);
    },
  );

  it('sends a PDF without its name when that holds a secret', async () => {
    await using stage = await openStage();
    const key = ['ghp', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('_');
    await stage.write(`${key}.pdf`, PDF);
    const { parts, redacted } = await stage.get({ images: [`${key}.pdf`] });
    expect(parts).toEqual([{ type: 'pdf', data: PDF.toString('base64') }]);
    expect(redacted).toEqual([{ path: 'the name of a PDF', line: 1, kind: 'GitHub token' }]);
    await expect(stage.get({ images: [`${key}.pdf`] }, { onSecret: 'refuse' })).rejects.toThrow(/the name of a PDF:1/);
  });

  it('takes at most 20', async () => {
    await using stage = await openStage();
    await expect(stage.get({ images: Array(21).fill('https://cdn.site.org/a.png') })).rejects.toThrow(/pass at most 20/);
  });

  it('takes at most 50 MB together', async () => {
    await using stage = await openStage();
    await stage.write('a.pdf', Buffer.concat([PDF, Buffer.alloc(18_000_000)]));
    await expect(stage.get({ images: ['a.pdf', 'a.pdf', 'a.pdf'] })).rejects.toThrow(/more than 50 MB together/);
  });
});
