import { Failure } from '../../core/errors.ts';
import type { Pace } from '../../core/pace.ts';
import { list } from '../../core/text.ts';
import { linesOf } from '../parcel/lines.ts';
import type { Redacted } from '../parcel/sent.ts';
import { findSecrets, linesAt, withoutSecrets } from './secrets.ts';

/** What is done about a secret in what would be sent: it is replaced, or nothing is sent at all. */
export type SecretPolicy = 'redact' | 'refuse';

/** A secret by the lines (from 1) that it stood on. */
type SecretLines = { from: number; to: number; kind: string };

/** A text without its secrets, in as many lines as before, and where they stood. */
export type Scanned = { lines: string[]; secrets: SecretLines[] };

async function scanned(text: string, pace?: Pace): Promise<{ text: string; secrets: SecretLines[] }> {
  const findings = await findSecrets(text, pace);
  const lines = linesAt(
    text,
    findings.flatMap(({ start, end }) => [start, end]),
  );
  const secrets = findings.map(({ kind }, index) => ({ from: lines[2 * index] ?? 1, to: lines[2 * index + 1] ?? 1, kind }));
  return { text: withoutSecrets(text, findings), secrets };
}

/** Scans a whole text, of which only some lines may be sent: a secret that is cut in two is none that can be found. */
export async function scanLines(text: string, pace?: Pace): Promise<Scanned> {
  const clean = await scanned(text, pace);
  return { lines: linesOf(clean.text), secrets: clean.secrets };
}

/** Which secrets stood on some of the lines, as they are told. */
export const redactedIn = (path: string, secrets: readonly SecretLines[], from: number, to: number): Redacted[] =>
  secrets.flatMap((secret) =>
    secret.to < from || secret.from > to ? [] : [{ path, line: Math.max(from, secret.from), kind: secret.kind }],
  );

const MOST_NAMED = 5;

const REMEDY = 'take them out, name lines without them';

/** Where the policy is to refuse: throws when there was a secret, and says where and what can be done about it. */
export function applyPolicy(policy: SecretPolicy, found: readonly Redacted[], remedy = REMEDY): void {
  if (policy === 'redact' || found.length === 0) return;
  const named = found.slice(0, MOST_NAMED).map(({ path, line, kind }) => `${path}:${line} (${kind})`);
  const more = found.length > MOST_NAMED ? [`${found.length - MOST_NAMED} more`] : [];
  throw new Failure(
    'input',
    `What would be sent holds secrets, at ${list([...named, ...more])}: ${remedy}, or set files.on_secret to redact in your config`,
  );
}

/** Scans a text by itself, such as a prompt: what may be sent of it, and what was replaced where. */
export async function scanText(
  path: string,
  text: string,
  policy: SecretPolicy,
  pace?: Pace,
): Promise<{ text: string; redacted: Redacted[] }> {
  const clean = await scanned(text, pace);
  const redacted = clean.secrets.map(({ from, kind }) => ({ path, line: from, kind }));
  applyPolicy(policy, redacted);
  return { text: clean.text, redacted };
}
