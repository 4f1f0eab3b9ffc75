import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintRuleReportHandler, SecretLintSourceCode } from '@secretlint/types';
import { isPattern } from './plausible.ts';
import type { Finding } from './private-keys.ts';

/** What each of secretlint's rules finds, in our words; a rule without a word is called by its own name. */
const KINDS: Record<string, string> = {
  '1password': '1Password token',
  anthropic: 'Anthropic API key',
  aws: 'AWS access key',
  basicauth: 'password in a URL',
  'database-connection-string': 'connection string with a password',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  groq: 'Groq API key',
  'hashicorp-vault': 'Vault token',
  huggingface: 'Hugging Face token',
  npm: 'npm token',
  openai: 'OpenAI API key',
  privatekey: 'private key',
  sendgrid: 'SendGrid key',
  slack: 'Slack token',
  stripe: 'Stripe key',
};

/** `gcp` reads a file by itself, and its JSON keys hold a private key that others find; comments in a text switch nothing off. */
const LEFT_OUT = new Set(['gcp', 'filter-comments']);

const short = (id: string): string => id.replace(/^.*secretlint-rule-/, '');
const kindOf = (id: string): string => KINDS[short(id)] ?? `${short(id)} token`;

// Positions as lines and columns are for editors; we ask for offsets only.
const nowhere = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

const source = (content: string): SecretLintSourceCode => ({
  content,
  hasBOM: false,
  filePath: undefined,
  physicalFilePath: undefined,
  contentType: 'text',
  ext: '',
  getFilePath: () => undefined,
  getPhysicalFilePath: () => undefined,
  locationToRange: () => [0, 0],
  rangeToLocation: () => nowhere,
  positionToIndex: () => 0,
  indexToPosition: () => nowhere.start,
});

/** What a rule is given to report to; what it would say about a finding is not asked for. */
const reporting = (id: string, found: Finding[]): SecretLintRuleContext => ({
  sharedOptions: {},
  createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
  report: ({ range: [start, end] }) => void found.push({ start, end, kind: kindOf(id) }),
  ignore: () => undefined,
});

/**
 * What secretlint's recommended rules find. Its rules without its engine: the engine obeys comments in the text that switch it
 * off, which suits a linter and not a gate, prints when DEBUG is set, and compares every finding with every other.
 */
export async function publishedFindings(text: string): Promise<Finding[]> {
  const found: Finding[] = [];
  const handlers: SecretLintRuleReportHandler[] = creator.rules
    .filter(({ meta: { id, type } }) => type === 'scanner' && !LEFT_OUT.has(short(id)))
    .map((rule) => rule.create(reporting(rule.meta.id, found), {}));
  for (const handler of handlers) await handler.file?.(source(text));
  return found.filter(({ start, end }) => !isPattern(text.slice(start, end)));
}
