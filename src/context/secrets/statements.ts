import { type Pattern, patterned } from './patterned.ts';
import { isBareToken, isDrawn, isLikelyPassword, isLikelyToken, isPlaceholder } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';

/** The fewest bits of what stands where only a key may. */
const IN_ITS_PLACE = 8;

/** The same behind `bearer` and `basic`, which are words, too. */
const BEHIND_A_WORD = 14;

/** A name and a password in base64, as HTTP and registries of containers have them. */
function isLogin(value: string): boolean {
  if (isPlaceholder(value)) return false;
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return false;
  const said = Buffer.from(value, 'base64').toString('latin1');
  return /^[\w.@+\\-]{0,80}:[ -~]{3,}$/.test(said);
}

const isCredential = (value: string): boolean => isLogin(value) || isLikelyToken(value) || isDrawn(value, BEHIND_A_WORD);

const PATTERNS: readonly Pattern[] = [
  {
    kind: 'authorization header',
    begins: '(?:bearer|basic)[ \\t]{1,4}["\'`]?[\\w.~+/-]{12}',
    pattern: /(?:bearer|basic)[ \t]{1,4}["'`]?(?<secret>[A-Za-z0-9._~+/-]{12,}={0,2})(?![\w(.[])/i,
    accepts: isCredential,
  },
  {
    kind: 'authorization header',
    begins: 'authorization',
    pattern:
      /authorization["'`]?(?:\])?[ \t]{0,8}(?:[:=]|=>|,)[ \t]{0,8}["'`]?(?:[a-z\d-]{1,20}[ \t]{1,4})?(?<secret>[A-Za-z0-9._~+/-]{12,}={0,2})(?![\w(.[])/i,
    accepts: (value) => isLogin(value) || isBareToken(value) || isDrawn(value, IN_ITS_PLACE),
  },
  {
    // A registry of containers: `"auth": "…"`.
    kind: 'login in base64',
    begins: 'auth["\']',
    pattern: /(?<=["'])auth["'][ \t]{0,8}:[ \t]{0,8}["'](?<secret>[A-Za-z0-9+/]{8,}={0,2})["']/,
    accepts: isLogin,
  },
  {
    // `openssl … -passin pass:…`.
    kind: 'password',
    begins: 'pass:',
    pattern: /pass:(?<secret>[^\s"'`]{6,})(?=$|[\s"'`])/,
    accepts: isLikelyPassword,
  },
  {
    kind: 'login for the network',
    begins: '(?:machine|default)\\s',
    pattern:
      /(?<=^[ \t+>-]{0,20})(?:machine\s{1,8}[\w.:-]{1,128}|default)(?:\s{1,20}(?:login|account)\s{1,8}\S{1,128}){1,2}\s{1,20}password\s{1,8}(?<secret>\S{3,})/m,
    accepts: (value) => !isPlaceholder(value) && !/^["']?pass(?:word|wd)?\d{0,2}["']?$/i.test(value),
  },
  {
    // `CREATE USER a IDENTIFIED BY '…'`, `ALTER ROLE a WITH ENCRYPTED PASSWORD '…'`.
    kind: 'password of a database',
    begins: '(?:identified|password)[ \\t]',
    pattern:
      /(?:identified(?:[ \t]{1,4}with[ \t]{1,4}[\w"'`]{1,60})?[ \t]{1,4}by(?:[ \t]{1,4}password)?|password)[ \t]{1,4}'(?<secret>[^'\r\n]{6,256})'/i,
    accepts: (value) => isLikelyPassword(value) || (value.length >= 12 && isDrawn(value, IN_ITS_PLACE)),
  },
  {
    // Words that a wallet is made anew from.
    kind: 'recovery phrase',
    begins: '(?:mnemonic|seed|recovery)',
    pattern:
      /(?:mnemonic|seed[-_ ]?(?:phrase|words)|recovery[-_ ]?(?:phrase|words))["'`]?[ \t]{0,8}(?:[:=]|is)[ \t]{0,8}["'`]?(?<secret>[a-z]{3,8}(?: [a-z]{3,8}){11,23})(?![a-z ])/i,
  },
  {
    kind: 'npm token',
    begins: '_(?:auth|password)',
    pattern:
      /(?<![A-Za-z0-9])_(?:auth(?:token)?|password)["'`]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}(?<secret>[A-Za-z0-9+/=_-]{8,})(?![\w(.])/i,
    accepts: (value) => isLikelyToken(value) || isLogin(value) || (value.length >= 12 && isDrawn(value, IN_ITS_PLACE)),
  },
];

/** Secrets in what a protocol, a program or a language of queries has for them. */
export const STATEMENTS: readonly SecretRule[] = PATTERNS.map(patterned);
