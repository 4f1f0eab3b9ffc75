import { type Pattern, patterned } from './patterned.ts';
import { isDrawn, isPlaceholder } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';

const isPassword = (value: string): boolean =>
  !isPlaceholder(value) &&
  !/^(?:pass(?:word|wd)?|pwd|secret|token|user|anon\w*)\d{0,2}$|&lt;|:anon/i.test(value) &&
  !/^[A-Z]+(?:_[A-Z]+)+$|^[A-Z]{1,10}$/.test(value);

/** The fewest bits of a key in an address, where its place says that it is one, and where only its neighbours do. */
const IN_ITS_PLACE = 8;
const SOMEWHERE = 14;

const isKey = (value: string): boolean => value.length >= 12 && isDrawn(value, IN_ITS_PLACE);
const isToken = (value: string): boolean => value.length >= 16 && isDrawn(value, SOMEWHERE);

/** Addresses of services for which whoever knows the address may speak. */
const HOOKS = String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/|discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/|[\w.-]{1,60}\.?webhook\.office\.com/webhookb2/|outlook\.office(?:365)?\.com/webhook/|hooks\.zapier\.com/hooks/catch/|maker\.ifttt\.com/trigger/[^/\s]{1,60}/(?:json/)?with/key/|hook\.[\w.]{1,20}\.?make\.com/|hc-ping\.com/|open\.(?:feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/|events\.pagerduty\.com/integration/|[\w.-]{1,80}/(?:hooks?|webhooks?)/`;

const PATTERNS: readonly Pattern[] = [
  {
    kind: 'password in a URL',
    begins: '://',
    pattern: /(?<=[a-z\d]):\/\/[^\s:@/'"<>]{0,128}:(?<secret>[^\s@/'"<>]{3,})@(?!(?:[\w-]{1,60}\.){0,4}example\.)[^\s@]/,
    accepts: isPassword,
  },
  {
    // `https://<token>@github.com`, and what services for reports of errors take.
    kind: 'token in a URL',
    begins: '://',
    pattern: /(?<=[a-z\d]):\/\/(?<secret>[^\s:@/'"<>]{16,})(?::(?:x-oauth-basic)?)?@[^\s@]/,
    accepts: isToken,
  },
  {
    kind: 'webhook',
    begins: 'https?:',
    pattern: new RegExp(String.raw`https?:\/\/(?:${HOOKS})(?<secret>[\w/@%.~-]{16,})`, 'i'),
    accepts: isToken,
  },
  {
    kind: 'bot token',
    begins: 'bot\\d',
    pattern: /bot(?<secret>\d{6,12}:[\w-]{30,})/,
    accepts: isToken,
  },
  {
    kind: 'key in a URL',
    begins: '(?:key|sig|auth|x-amz-(?:signature|security-token)|x-goog-signature|hmac|apikey)=',
    pattern:
      /(?<=[?&;])(?:key|sig|auth|x-amz-(?:signature|security-token)|x-goog-signature|hmac|apikey)=(?<secret>[^\s"'`&#<>,;)}\]]{12,})/i,
    accepts: isKey,
  },
  {
    kind: 'Azure storage or service bus key',
    begins: '(?:AccountKey|SharedAccessKey)=[\\w+/]{40}',
    pattern: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/i,
  },
];

/** Secrets in addresses and strings of connection. */
export const ADDRESSES: readonly SecretRule[] = PATTERNS.filter(({ begins }) => begins !== '://').map(patterned);
export const LOGINS: readonly SecretRule[] = PATTERNS.filter(({ begins }) => begins === '://').map(patterned);
