import { patterned } from './patterned.ts';
import { isPlaceholder } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';

const mixed = (value: string): boolean => !isPlaceholder(value) && /\d/.test(value) && /[a-z]/i.test(value);
const any = (value: string): boolean => !isPlaceholder(value);

/** A token of a vendor: it stands alone, and begins with the vendor's own letters (`begins`), behind which its `form` goes on. */
const token = (kind: string, begins: string, form: string, accepts = mixed): SecretRule =>
  patterned({
    kind,
    begins,
    pattern: new RegExp(String.raw`(?<![A-Za-z0-9_-])(?:${begins})(?:${form})(?![A-Za-z0-9])`),
    accepts,
  });

/** As of 2026-11, by the vendors' documentation and the rules of gitleaks and secretlint. */
export const VENDOR_TOKENS: readonly SecretRule[] = [
  token('Anthropic API key', 'sk-', 'ant-[A-Za-z0-9]{2,10}-[A-Za-z0-9_-]{16,}'),
  token('OpenRouter API key', 'sk-', 'or-v1-[0-9a-f]{32,64}'),
  token('OpenAI API key', 'sk-', '(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}'),
  token('OpenAI API key', 'sk-', '[A-Za-z0-9]{20,}'),
  token('AWS access key', 'A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA', '[A-Z2-7]{16}', any),
  token('Bedrock API key', 'ABSK', '[A-Za-z0-9+/]{60,}'),
  token('Bedrock API key', 'bedrock-api-key-', '[A-Za-z0-9+/=_-]{40,}'),
  token('GitHub token', 'gh[pousr]_', '[A-Za-z0-9]{30,}(?:[._-][A-Za-z0-9_-]{10,}){0,3}'),
  token('GitHub token', 'github_pat_', '[A-Za-z0-9_]{40,}'),
  token('GitLab token', 'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-', '[A-Za-z0-9_-]{16,}(?:\\.[A-Za-z0-9_-]{1,40}){0,3}'),
  token('Google API key', 'AIza', '[0-9A-Za-z_-]{35}'),
  token('Google OAuth secret', 'GOCSPX-', '[A-Za-z0-9_-]{20,}'),
  token('Google OAuth secret', 'ya29\\.', '(?:[a-z]\\.)?[A-Za-z0-9_-]{20,}'),
  token('Google OAuth secret', '1//0', '[A-Za-z0-9_-]{30,}'),
  token('Slack token', 'xox', '[abcdeoprs]-[A-Za-z0-9-]{10,}'),
  token('Slack token', 'xapp-', '\\d-[A-Za-z0-9-]{10,}'),
  token('Slack token', 'xox', 'e\\.xox[bp]-[A-Za-z0-9-]{10,}'),
  token('Stripe key', '[srp]k_(?:live|test)_', '[A-Za-z0-9]{16,}'),
  token('Stripe key', 'whsec_', '[A-Za-z0-9+/=]{24,}'),
  token('npm token', 'npm_', '[A-Za-z0-9_]{30,}'),
  token('PyPI token', 'pypi-', '[A-Za-z0-9_-]{50,}'),
  token('Hugging Face token', '(?:hf|api_org)_', '[A-Za-z0-9]{30,}', any),
  token('API key of a model provider', '(?:gsk|r8|fw|csk|tgp_v1|together)_', '[A-Za-z0-9_-]{30,}'),
  token('API key of a model provider', '(?:xai|pplx|nvapi)-', '[A-Za-z0-9_-]{30,}'),
  token('DigitalOcean token', 'do[opr]_v1_', '[a-f0-9]{64}'),
  token('Atlassian token', 'AT(?:ATT|CTT|BB)', '[A-Za-z0-9_=-]{20,}'),
  token('Supabase or PlanetScale key', 'sb[ps]_', '[A-Za-z0-9_]{30,}'),
  token('Supabase or PlanetScale key', 'sb_secret_', '[A-Za-z0-9_-]{20,}'),
  token('Supabase or PlanetScale key', 'pscale_(?:tkn|pw|oauth)_', '[A-Za-z0-9_-]{30,}'),
  token('observability token', 'sntry[su]_', '[A-Za-z0-9_+/=-]{40,}'),
  token('observability token', 'lsv2_(?:pt|sk)_', '[a-f0-9]{32}_[a-f0-9]{8,12}'),
  token('observability token', 'NRAK-', '[A-Z0-9]{27}'),
  token('observability token', 'phx_', '[A-Za-z0-9]{40,}'),
  token('observability token', 'glsa_', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}'),
  token('observability token', 'glc_', '[A-Za-z0-9+/]{32,}'),
  token('Telegram bot token', '\\d{6,12}:AA', '[A-Za-z0-9_-]{32,}'),
  token('Discord token', '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.', '[A-Za-z0-9_-]{27,}'),
  token('Twilio key', 'SK', '[0-9a-f]{32}'),
  token('SendGrid or Mailgun key', 'SG\\.', '[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}'),
  token('SendGrid or Mailgun key', 'key-', '[0-9a-f]{32}'),
  token('age secret key', 'AGE-SECRET-KEY-1', '[A-Z0-9]{58}'),
  token('Vault token', 'hv[sbr]\\.', '[A-Za-z0-9_-]{24,}'),
  token('Doppler, Pulumi, Linear or Postman key', 'dp\\.(?:pt|st|ct|sa)\\.', '[A-Za-z0-9_-]{40,}'),
  token('Doppler, Pulumi, Linear or Postman key', 'pul-', '[a-f0-9]{40}'),
  token('Doppler, Pulumi, Linear or Postman key', 'lin_api_', '[A-Za-z0-9_]{32,}'),
  token('Doppler, Pulumi, Linear or Postman key', 'PMAK-', '[A-Za-z0-9-]{40,}'),
  token('1Password token', 'ops_ey', '[A-Za-z0-9+/=_-]{100,}'),
  token('Figma token', 'figd_', '[A-Za-z0-9_-]{40,}'),
  token('Notion token', 'ntn_', '[0-9]{11}[A-Za-z0-9]{35}'),
  token('Shopify token', 'shp(?:at|ca|pa|ss)_', '[A-Za-z0-9]{32,}'),
  token('Databricks token', 'dapi', '[A-Fa-f0-9]{32}(?:-[0-9])?'),
  token('Docker token', 'dckr_[po]at_', '[A-Za-z0-9_-]{27,}'),
  token('Vercel token', 'vc[aikpr]_', '[A-Za-z0-9]{20,}'),
  token('Cloudflare token', 'cf(?:k|ut|at)_', '[A-Za-z0-9]{40}[0-9a-f]{8}'),
  token('Tailscale key', 'tskey-', '[a-z]{2,12}-[A-Za-z0-9]{8,}-[A-Za-z0-9]{16,}'),
  token('JSON web token', 'ey[A-Za-z0-9_-]', '[A-Za-z0-9_-]{9,}\\.ey[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}', () => true),
];
