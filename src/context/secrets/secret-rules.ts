import { isBarePassword, isBareToken, isLikelyPassword, isLikelyToken, isPlaceholder } from './plausible.ts';

type Accepts = (value: string) => boolean;

/** One kind of secret: what it looks like, and which of what looks so is one. The group `secret` is what is hidden, else all. */
export type SecretRule = { kind: string; pattern: RegExp; accepts?: Accepts };

const mixed = (value: string): boolean => !isPlaceholder(value) && /\d/.test(value) && /[a-z]/i.test(value);

/** A token of a vendor: it stands alone, and begins with the vendor's own letters. */
const token = (kind: string, form: string, accepts: Accepts = mixed): SecretRule => ({
  kind,
  pattern: new RegExp(String.raw`(?<![A-Za-z0-9_-])(?:${form})(?![A-Za-z0-9])`, 'g'),
  accepts,
});

/** A value given to a name, in any language's or file's way of doing so. */
const assigned = (kind: string, names: string, value: string, accepts: Accepts): SecretRule => ({
  kind,
  pattern: new RegExp(String.raw`(?:${names})["'\x60]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}${value}`, 'gi'),
  accepts,
});

const QUOTED = String.raw`(?:["'\x60](?<secret>[^"'\x60\r\n]{6,256})["'\x60])`;
const BARE = String.raw`(?<secret>[^\s"'\x60,;(){}<>\[\]]{8,256})(?=$|[\s,;])`;

/**
 * Kinds that secretlint's rules lack, or know only in their strictest form. Every repetition is bounded or begins where a token
 * begins, so that no text makes a search slow. As of 2026-11, by the vendors' documentation and the rules of gitleaks.
 */
export const RULES: readonly SecretRule[] = [
  token('Anthropic API key', 'sk-ant-[A-Za-z0-9]{2,10}-[A-Za-z0-9_-]{16,200}'),
  token('OpenRouter API key', 'sk-or-v1-[0-9a-f]{32,64}'),
  token('OpenAI API key', 'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,250}|sk-[A-Za-z0-9]{20,100}'),
  token('AWS access key', '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}', (value) => !isPlaceholder(value)),
  token('Bedrock API key', 'ABSK[A-Za-z0-9+/]{60,300}={0,2}|bedrock-api-key-[A-Za-z0-9+/=_-]{40,2000}'),
  token('GitHub token', 'gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{40,255}'),
  token('GitLab token', 'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_.-]{20,200}'),
  token('Google API key', 'AIza[0-9A-Za-z_-]{35}'),
  token('Google OAuth secret', 'GOCSPX-[A-Za-z0-9_-]{20,40}|ya29\\.[A-Za-z0-9_-]{20,2000}|1//0[A-Za-z0-9_-]{30,200}'),
  token('Slack token', 'xox[abcdeoprs]-[A-Za-z0-9-]{10,250}|xapp-\\d-[A-Za-z0-9-]{10,250}|xoxe\\.xox[bp]-[A-Za-z0-9-]{10,250}'),
  token('Stripe key', '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9+/=]{24,100}'),
  token('npm token', 'npm_[A-Za-z0-9]{30,60}'),
  token('PyPI token', 'pypi-[A-Za-z0-9_-]{50,1000}'),
  token('Hugging Face token', '(?:hf|api_org)_[A-Za-z0-9]{30,60}', (value) => !isPlaceholder(value)),
  token(
    'API key of a model provider',
    '(?:gsk|r8|fw|csk|tgp_v1|together)_[A-Za-z0-9_-]{30,100}|(?:xai|pplx|nvapi)-[A-Za-z0-9_-]{30,150}',
  ),
  token('DigitalOcean token', 'do[opr]_v1_[a-f0-9]{64}'),
  token('Atlassian token', 'AT(?:ATT|CTT|BB)[A-Za-z0-9_=-]{20,300}'),
  token(
    'Supabase or PlanetScale key',
    'sb[ps]_[A-Za-z0-9_]{30,100}|sb_secret_[A-Za-z0-9_-]{20,100}|pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{30,100}',
  ),
  token(
    'observability token',
    'sntry[su]_[A-Za-z0-9_+/=-]{40,500}|lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{8,12}|NRAK-[A-Z0-9]{27}|phx_[A-Za-z0-9]{40,60}',
  ),
  token('Telegram bot token', '\\d{8,10}:AA[A-Za-z0-9_-]{32,35}'),
  token('Discord token', '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,45}'),
  token('Twilio key', 'SK[0-9a-f]{32}'),
  token('SendGrid or Mailgun key', 'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}|key-[0-9a-f]{32}'),
  token('age secret key', 'AGE-SECRET-KEY-1[A-Z0-9]{58}'),
  token('Vault token', 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}'),
  token(
    'Doppler, Pulumi, Linear or Postman key',
    'dp\\.(?:pt|st|ct|sa)\\.[A-Za-z0-9._-]{40,60}|pul-[a-f0-9]{40}|lin_api_[A-Za-z0-9]{32,64}|PMAK-[A-Za-z0-9-]{40,70}',
  ),
  token('JSON web token', 'ey[A-Za-z0-9_-]{10,4000}\\.ey[A-Za-z0-9_-]{10,8000}\\.[A-Za-z0-9_-]{10,4000}', () => true),
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
    kind: 'Azure storage or service bus key',
    pattern: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{40,100}={0,2})/gi,
  },
  { kind: 'signature of an Azure URL', pattern: /[?&]sig=(?<secret>[A-Za-z0-9%+/]{40,100})/gi },
  {
    kind: 'Slack or Discord webhook',
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/(?<secret>[\w/-]{20,200})/gi,
  },
  assigned(
    'AWS secret key',
    'secret_?access_?key|aws_?secret(?:_?key)?',
    String.raw`["'\x60]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])`,
    isLikelyToken,
  ),
  assigned(
    'npm token',
    '(?<![A-Za-z0-9])_(?:auth(?:token)?|password)',
    '(?<secret>[A-Za-z0-9+/=_-]{8,500})(?![\\w(.])',
    isLikelyToken,
  ),
  assigned('password', 'pass(?:word|wd|phrase)?|pwd|pgpassword', QUOTED, isLikelyPassword),
  assigned(
    'secret',
    '(?:secret|token|credentials?|api_?key|api-key|apikey|access_?key|private_?key|auth_?key|encryption_?key|signing_?key|secret_?key|master_?key|client-?_?secret)',
    QUOTED,
    isLikelyToken,
  ),
  {
    kind: 'secret of an environment',
    pattern: new RegExp(
      String.raw`(?<![A-Za-z0-9_])[A-Z0-9_]{0,60}(?:PASSWORD|PASSWD|PASSPHRASE|(?<![A-Z])PASS(?![A-Z])|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)[A-Z0-9_]{0,20}=${BARE}`,
      'g',
    ),
    accepts: isLikelyPassword,
  },
  assigned('password', '(?:pass(?:word|wd|phrase)|(?<![a-z])pass|pwd|pgpassword)', BARE, isBarePassword),
  {
    kind: 'password',
    pattern:
      /(?<![\w-])--?(?:[a-z]{1,20}-){0,3}(?:pass(?:word|wd|phrase)?|pwd)[ \t]{1,8}["'`]?(?<secret>[^\s"'`,;(){}<>[\]]{6,256})(?=$|[\s,;"'`])/gi,
    accepts: isLikelyPassword,
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
      /^[ \t]{0,20}(?:machine\s{1,8}[\w.:-]{1,128}|default)(?:\s{1,20}(?:login|account)\s{1,8}\S{1,128}){1,2}\s{1,20}password\s{1,8}(?<secret>\S{3,256})/gm,
    accepts: (value) => !isPlaceholder(value),
  },
  assigned(
    'secret',
    '(?:secret|token|api_?key|apikey|access_?key|private_?key|auth_?key|encryption_?key|signing_?key|secret_?key|master_?key)',
    BARE,
    isBareToken,
  ),
];
