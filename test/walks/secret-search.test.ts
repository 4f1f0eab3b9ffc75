import { describe, expect, it } from 'vitest';
import { Reader } from '../../src/context/secrets/reader.ts';
import { scanText } from '../../src/context/secrets/scan.ts';
import { search } from '../../src/context/secrets/search.ts';
import { Failure } from '../../src/core/errors.ts';
import { Pace } from '../../src/core/pace.ts';
import { drawn } from '../context/drawn.ts';

/** Pieces of which texts are made that a careless search reads again and again. */
const PIECES = [
  'PWD=',
  'PWD=a+',
  'PWD ',
  'pwd:',
  'password=',
  'password        ',
  'keykeykey',
  'tokentoken',
  'a.token.',
  'token-',
  'token:"',
  "token='",
  'token=`',
  'token="""',
  'token=\\',
  'token=a\\\\\\\\',
  'password="\\"',
  '"token": "a" + ',
  'token:\n',
  ' token:\n',
  'token: |\n',
  'token: # a\n',
  'token:[',
  'tokens: {a:',
  'tokens:\n  a:b:c:',
  '"name":"token",',
  'value="a",name="token"',
  '<token>',
  '<token a="b">x</',
  '</token><a>',
  '--token ',
  'ENV TOKEN ',

  'token|',
  '|token|',
  '\n|-|-\n',
  '| token |\n|---|---|\n',
  'token,token\n',
  'token is ',
  'token\n\n`',
  'token(',
  'set("token","',
  'cookie: a=b;',
  'cookies:[',
  'Cookie a=',
  ' -b a=',
  'TRUE\ta\t',
  'jwt.sign(',
  'createHmac("',
  'curl -u a:',
  'mysql -p',
  'https://a/hooks/',
  'https://:@',
  'bot1',
  '?key=a&',
  'authorization: ',
  '_authToken=',
  'machine a\n',
  "identified by '",
  'sk-',
  'ya29.',
  'sntryu_+',
  'eyJaaaaaaaaaaa.',
  'ghp_a.',
  '1234567:AA',
  'MMMMMMMMMMMMMMMMMMMMMMMM.',
  'AccountKey=',
];

/** The steps of a search through as much of a piece as makes so many characters. */
function stepsFor(piece: string, length: number): number {
  const reader = new Reader(piece.repeat(Math.ceil(length / piece.length)));
  for (const found of search(reader)) expect(found).toBeDefined();
  return reader.steps;
}

describe('a search for secrets', () => {
  it.each(PIECES)('takes steps in proportion to a text of %j', (piece) => {
    const [one, four] = [stepsFor(piece, 50_000), stepsFor(piece, 200_000)];
    expect(four).toBeLessThan(4.2 * one + 2000);
    expect(four).toBeLessThan(10 * 200_000);
  });

  it('lets others have their turn, and ends with the reason of a signal', async () => {
    const ended = new AbortController();
    const text = `${'a note on tokens and keys\n'.repeat(40_000)}DB_PASSWORD=${drawn(40)}\n`;
    setImmediate(() => ended.abort(new Failure('cancelled', 'The call was cancelled')));
    await expect(scanText('prompt', text, 'redact', new Pace(ended.signal))).rejects.toThrow('The call was cancelled');
    expect((await scanText('prompt', text, 'redact')).redacted).toEqual([{ path: 'prompt', line: 40_001, kind: 'password' }]);
  });

  it.each([
    ['a temporary token of AWS', (value: string) => `export AWS_SESSION_TOKEN=${value}\n`, 900],
    ['a service account in base64', (value: string) => `GOOGLE_CREDENTIALS_SECRET: "${value}"\n`, 3200],
    ['a refresh token', (value: string) => `{"refresh_token":"${value}","expires_in":3599}`, 1400],
    ['a key that is longer than a slice', (value: string) => `api_key = '${value}'\nnext = 1\n`, 100_000],
    ['a header', (value: string) => `Authorization: Bearer ${value}\r\n`, 9000],
    ['a password that is the rest of a file', (value: string) => `PASSWORD=${value}`, 70_000],
  ])('finds the whole of %s', async (_name, put, length) => {
    const value = drawn(length);
    const { text, redacted } = await scanText('a', put(value), 'redact');
    expect(text).toBe(put(value).replace(value, `[redacted: ${String(redacted[0]?.kind)}]`));
  });
});
