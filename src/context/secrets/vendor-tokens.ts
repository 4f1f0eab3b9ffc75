import { isPlaceholder } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';

const mixed = (value: string): boolean => !isPlaceholder(value) && /\d/.test(value) && /[a-z]/i.test(value);

/** A token of a vendor: it stands alone, and begins with the vendor's own letters. */
const token = (kind: string, form: string, accepts = mixed): SecretRule => ({
  kind,
  pattern: new RegExp(String.raw`(?<![A-Za-z0-9_-])(?:${form})(?![A-Za-z0-9])`, 'g'),
  accepts,
});

/** As of 2026-11, by the vendors' documentation and the rules of gitleaks. */
export const VENDOR_TOKENS: readonly SecretRule[] = [
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
];
