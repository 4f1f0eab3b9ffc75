import { ASSIGNMENTS } from './assignments.ts';
import { ENCODED_KEYS } from './encoded-keys.ts';
import { isBareToken, isLikelyPassword, isLikelyToken, isLikelyWord, isPlaceholder } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';
import { VENDOR_TOKENS } from './vendor-tokens.ts';

/** Secrets that stand in what a protocol or a language has for them: addresses, headers, options, elements, statements. */
const PLACED: readonly SecretRule[] = [
  {
    kind: 'password in a URL',
    pattern: /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"<>]{0,128}:(?<secret>[^\s@/'"<>]{3,256})@[^\s@]/gi,
    accepts: (value) => !isPlaceholder(value) && !/^(?:password|passwd|pass|pwd|secret|token|user)$/i.test(value),
  },
  {
    kind: 'authorization header',
    pattern: /\b(?:bearer|basic)[ \t]{1,4}(?<secret>[A-Za-z0-9._~+/-]{20,4000}={0,2})/gi,
    accepts: isLikelyToken,
  },
  {
    kind: 'authorization header',
    pattern:
      /\bauthorization["'`]?[ \t]{0,8}[:=][ \t]{0,8}["'`]?(?:[a-z-]{1,20}[ \t]{1,4})?(?<secret>[A-Za-z0-9._~+/-]{20,4000}={0,2})(?![\w(.[])/gi,
    accepts: isBareToken,
  },
  {
    kind: 'Azure storage or service bus key',
    pattern: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/gi,
  },
  { kind: 'signature of an Azure URL', pattern: /[?&]sig=(?<secret>[A-Za-z0-9%+/]{40,100})/gi },
  {
    kind: 'Slack or Discord webhook',
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/(?<secret>[\w/-]{20,200})/gi,
  },
  {
    kind: 'password',
    pattern:
      /(?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:pass(?:word|wd|phrase)?|pwd)(?:[ \t]{1,8}|["'],\s{0,20})["'`]?(?<secret>[^\s"'`,;(){}<>[\]]{6,256})(?=$|[\s,;"'`])/gi,
    accepts: isLikelyWord,
  },
  {
    // `curl -u bob:…`, `sshpass -p …`.
    kind: 'password',
    pattern:
      /\b(?:curl\b[^\r\n]{0,300}?[ \t](?:-u|--user)[ \t=]{0,4}["']?[\w.@+-]{1,64}:|sshpass[ \t]{1,4}-p[ \t]{0,4}["']?)(?<secret>[^\s"'`]{6,256})(?=$|[\s"'`])/g,
    accepts: isLikelyWord,
  },
  {
    kind: 'password',
    pattern:
      /<(?:[\w.:-]{0,40}[.:_-])?(?:db)?(?:pass(?:word|wd|phrase)?|pwd)(?: [^<>]{0,80})?>\s{0,40}(?<secret>[^<>\s]{6,256})\s{0,40}<\//gi,
    accepts: isLikelyPassword,
  },
  {
    kind: 'secret',
    pattern:
      /<(?:[\w.:-]{0,40}[.:_-])?(?:secret|token|api-?_?key)(?: [^<>]{0,80})?>\s{0,40}(?<secret>[^<>\s]{8,256})\s{0,40}<\//gi,
    accepts: isLikelyToken,
  },
  {
    kind: 'login for the network',
    pattern:
      /^[ \t+>-]{0,20}(?:machine\s{1,8}[\w.:-]{1,128}|default)(?:\s{1,20}(?:login|account)\s{1,8}\S{1,128}){1,2}\s{1,20}password\s{1,8}(?<secret>\S{3,256})/gm,
    accepts: (value) => !isPlaceholder(value),
  },
  {
    // `CREATE USER a IDENTIFIED BY '…'`, `ALTER ROLE a WITH ENCRYPTED PASSWORD '…'`.
    kind: 'password of a database',
    pattern:
      /\b(?:identified(?:[ \t]{1,4}with[ \t]{1,4}[\w"'`]{1,60})?[ \t]{1,4}by(?:[ \t]{1,4}password)?|password)[ \t]{1,4}'(?<secret>[^'\r\n]{6,256})'/gi,
    accepts: isLikelyPassword,
  },
];

/**
 * Kinds that secretlint's rules lack, or know only in their strictest form. Every repetition is bounded or begins where a token
 * begins, so that no text makes a search slow.
 */
export const RULES: readonly SecretRule[] = [...VENDOR_TOKENS, ...ENCODED_KEYS, ...PLACED, ...ASSIGNMENTS];
