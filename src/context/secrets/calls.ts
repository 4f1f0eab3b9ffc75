import { isDrawn } from './plausible.ts';
import type { Reader } from './reader.ts';
import type { Finding, SecretRule } from './secret-rule.ts';

/** Calls that take a key among their arguments: they sign, check a signature, or encrypt. */
const CALLED = [
  String.raw`(?:jwt|jsonwebtoken|jose)\w{0,12}(?:\.|::|->)(?:sign|verify|encode|decode)\w{0,8}`,
  'createHmac|createCipheriv|createDecipheriv|createSecretKey|cookieParser',
  String.raw`hash_hmac|hmac\.new|HMAC\.(?:hex)?digest|hmac_sha\d+|HMAC\d+|hmacShaKeyFor`,
  'Fernet|SecretKeySpec|SymmetricSecurityKey|SignedString|signWith|setSigningKey',
  String.raw`URLSafe(?:Timed)?Serializer|MessageVerifier|MessageEncryptor|AES\.new|openssl_(?:en|de)crypt`,
];

/** So far behind the name of a call its arguments are read, in characters. */
const FURTHEST = 300;
/** The fewest characters and bits of a key among other arguments. */
const SHORTEST = 12;
const BITS = 12;

function inArguments(reader: Reader, at: number): Finding[] {
  const { text } = reader;
  if (reader.hasRead(inArguments, at)) return [];
  const found: Finding[] = [];
  let depth = 0;
  let here = at;
  for (; here < Math.min(text.length, at + FURTHEST); here += 1) {
    const char = text[here] ?? '';
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if ((char === ')' && depth <= 0) || char === ';' || (char === '\n' && depth === 0)) break;
    const string = /["'`]/.test(char) ? reader.string(here) : undefined;
    if (string === undefined) continue;
    const value = text.slice(string.start, Math.min(string.end, string.start + FURTHEST));
    if (value.length >= SHORTEST && isDrawn(value, BITS)) found.push({ ...string, kind: 'secret' });
    here = string.end;
  }
  reader.remember(inArguments, { start: at, end: here });
  return found;
}

/** Keys that are arguments of calls whose names say so. */
export const CALLS: SecretRule = { begins: `(?:${CALLED.join('|')})[ (]`, read: inArguments };
