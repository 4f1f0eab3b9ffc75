import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/encoding/decode.ts';

/** The name of an encoding, a text, and its bytes in that encoding. */
const OLDER: readonly [encoding: string, text: string, hex: string][] = [
  ['Windows-1252', '/* café */ int a;\n', '2f2a20636166e9202a2f20696e7420613b0a'],
  [
    'Windows-1252',
    '// größe in Bytes, für später\nint groesse = 1;\n',
    '2f2f206772f6df6520696e2042797465732c2066fc72207370e47465720a696e742067726f65737365203d20313b0a',
  ],
  ['Windows-1252', 'price: 5 €, “quoted” – naïve\n', '70726963653a203520802c209371756f746564942096206e61ef76650a'],
  ['GBK', '// 中文\n', '2f2f20d6d0cec40a'],
  [
    'GBK',
    '/* 计算总和 */\nint sum(int a, int b); // 返回结果\n',
    '2f2a20bcc6cbe3d7dcbacd202a2f0a696e742073756d28696e7420612c20696e742062293b202f2f20b7b5bbd8bde1b9fb0a',
  ],
  [
    'Big5',
    '/* 計算總和 */\nint sum(); // 返回結果\n',
    '2f2a20ad70bae2c160a94d202a2f0a696e742073756d28293b202f2f20aaf0a65eb5b2aa470a',
  ],
  [
    'Shift JIS',
    '/* 合計を計算する */\nint sum(); // 結果を返す\n',
    '2f2a208d878c7682f08c768e5a82b782e9202a2f0a696e742073756d28293b202f2f208c8b89ca82f095d482b70a',
  ],
  ['Shift JIS', '// 設定ファイル\n', '2f2f2090dd92e8837483408343838b0a'],
  ['EUC-JP', 'ログインに失敗しました。\n', 'a5eda5b0a5a4a5f3a4cbbcbac7d4a4b7a4dea4b7a4bfa1a30a'],
  ['EUC-KR', '// 한국어: 합계를 계산합니다\n', '2f2f20c7d1b1b9beee3a20c7d5b0e8b8a620b0e8bbeac7d5b4cfb4d90a'],
  ['Windows-1251', '/* вычисляет сумму */\nint sum();\n', '2f2a20e2fbf7e8f1ebffe5f220f1f3ececf3202a2f0a696e742073756d28293b0a'],
  ['KOI8-R', 'Ошибка входа, проверьте пароль.\n', 'efdbc9c2cbc120d7c8cfc4c12c20d0d2cfd7c5d2d8d4c520d0c1d2cfccd82e0a'],
  [
    'Windows-1250',
    'Příliš žluťoučký kůň úpěl ďábelské ódy\n',
    '50f8ed6c699a209e6c759d6f75e86bfd206bf9f220fa70ec6c20efe162656c736be920f364790a',
  ],
  ['Windows-1253', '// Ελληνικά: κείμενο για δοκιμή\n', '2f2f20c5ebebe7ede9eadc3a20eae5dfece5edef20e3e9e120e4efeae9ecde0a'],
];

describe('bytes as text', () => {
  it.each(OLDER)('in %s: %j', (encoding, text, hex) => {
    expect(decodeText(Buffer.from(hex, 'hex'))).toEqual({ text, encoding });
    const long = Buffer.concat([Buffer.from('const a = 1;\n'.repeat(5000)), Buffer.from(hex, 'hex')]);
    expect(decodeText(long)?.encoding).toBe(encoding);
  });

  it('in UTF-8 and UTF-16, with and without the mark that says so', () => {
    const text = 'grüße\r\n中文 🙂\n';
    expect(decodeText(Buffer.from(text))).toEqual({ text });
    expect(decodeText(Buffer.from(`\ufeff${text}`))).toEqual({ text });
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual({ text });
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toEqual({ text });
    expect(decodeText(Buffer.from('a: größe\n', 'utf16le'))).toEqual({ text: 'a: größe\n', encoding: 'UTF-16LE' });
    expect(decodeText(Buffer.from('a: größe\n', 'utf16le').swap16())).toEqual({ text: 'a: größe\n', encoding: 'UTF-16BE' });
    expect(decodeText(Buffer.alloc(0))).toEqual({ text: '' });
  });

  it('in UTF-8 of which one place is broken', () => {
    const text = Buffer.from('größere Änderungen für die Überprüfung der Höhe, mühsam geprüft: öäüß\n');
    expect(decodeText(Buffer.concat([text, Buffer.from([0xff]), text]))).toMatchObject({
      text: expect.stringContaining('öäüß\n\ufffdgröß'),
      encoding: 'UTF-8 with broken places shown as \ufffd',
    });
  });

  it.each([
    ['a program', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(40)])],
    ['a program without a NUL', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0xff, 0xfe, 0xe8])],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a JPEG', Buffer.from('ffd8ffe000104a46494600010101', 'hex')],
    ['what is packed', gzipSync('const a = 1;\n'.repeat(20))],
    ['nothing in particular', randomBytes(2000)],
    ['UTF-8 with a stray byte', Buffer.from('plain\xff', 'latin1')],
    ['UTF-16 with half a character', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42])],
    ['UTF-8 with a NUL', Buffer.from('a\0b')],
  ])('not where they are %s', (_, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});
