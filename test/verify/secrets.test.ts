import { describe, expect, it } from 'vitest';
import { scanText } from '../../src/context/secrets/scan.ts';

const count = (text: string): number => text.split('\n').length;

/** Texts of 5 MB that make careless patterns count for hours. That the scan ends, with these counts, is the test. */
const ADVERSARIAL: readonly [piece: string, found: number][] = [
  ['a', 0],
  ['A', 0],
  [' ', 0],
  ['\n', 0],
  ['=', 0],
  ['"', 0],
  ['eyJ', 0],
  ['eyJaaaaaaaaaaa.', -1],
  ['sk-', 0],
  ['ya29.', 0],
  ['AKIA', 0],
  ['a://', 0],
  ['a://a:a', 0],
  ['https://aa:aa', 0],
  ['mongodb://a:a', 0],
  ['password=', -1],
  ['password        ', 0],
  ['token:"', 0],
  ['bearer ', 0],
  ['ghs_1_1', 0],
  ['xoxb-a-', -1],
  ['1234567890:AA', 0],
  ['_authToken=', -1],
  ['-----BEGIN PRIVATE KEY-----\n', -1],
  ['MIIE\n-----END PRIVATE KEY-----\n', -1],
  ['-----BEGIN PRIVATE KEY-----+', 0],
  ['A1b/-----END PRIVATE KEY-----', -1],
  [`-----BEGIN PRIVATE KEY-----\n${'/+'.repeat(9000)}{\n-----END PRIVATE KEY-----`, 0],
  ['<a.password>', -1],
  ['--password ', -1],
  ['machine a login a ', 0],
  ['MMMMMMMMMMMMMMMMMMMMMMMM.', 0],
  ['-----BEGIN ', 0],
  ['AccountKey=', 0],
  ['[?&]sig=', 0],
  ['\\', 0],
  ['\\\\\\\\n', 0],
  ['\\"', 0],
  ['\\u0022', 0],
  ['\u001B[', 0],
  ['\u001B[1m', 0],
  ['token=\\', 0],
  ['token=aaaa\\\\\\\\\\\\\\\\', 0],
  ['PASSWORD=aaaaaaaa\\', -1],
  ['password="\\"', -1],
  ['password: a|', -1],
  ['apiKey: string<', 0],
  ['password[', 0],
  ['password = ConvertTo-SecureString -String ', 0],
  ['("password", "', 0],
  ['("a.', 0],
  ['setPassword("', -1],
  ['#define PASSWORD ', 0],
  ['ENV PASSWORD ', 0],
  [`name: password${' '.repeat(8)},${' '.repeat(8)}\n${' '.repeat(80)}`, 0],
  ['name=a', 0],
  ['authorization: token ', 0],
  ['curl -u a', 0],
  ['curl  -u a:', 0],
  ['sshpass -p ', 0],
  ["identified with a by password '", 0],
  ['LS0tLS1CRUdJTi', 0],
  ['LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFB\n', -1],
  ['Private-Lines: 1\nA\n', -1],
];

describe('a scan of 5 MB ends', () => {
  it.each(ADVERSARIAL)('of %j', async (piece, found) => {
    const given = piece.repeat(Math.ceil(5e6 / piece.length));
    const { text, redacted } = await scanText('a.txt', given, 'redact');
    expect(count(text)).toBe(count(given));
    if (found >= 0) expect(redacted).toHaveLength(found);
  });
});
