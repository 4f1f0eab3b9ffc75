import { Failure } from '../core/errors.ts';
import { list } from '../core/text.ts';
import { findSecrets, linesAt, withoutSecrets } from './secrets.ts';
import type { Redacted } from './sent.ts';

/** What is done about a secret in what would be sent: it is replaced, or nothing is sent at all. */
export type SecretPolicy = 'redact' | 'refuse';

/**
 * Looks through a text that is about to be sent and gives back what may be sent of it. `tell` says which line to tell for a line
 * of the text, where that is a part of something.
 */
export type Scan = (path: string, text: string, tell?: (line: number) => number) => Promise<string>;

const MOST_NAMED = 5;

function refusal(found: readonly Redacted[]): Failure {
  const named = found.slice(0, MOST_NAMED).map(({ path, line, kind }) => `${path}:${line} (${kind})`);
  const more = found.length > MOST_NAMED ? [`${found.length - MOST_NAMED} more`] : [];
  return new Failure(
    'input',
    `What would be sent holds secrets, at ${list([...named, ...more])}: take them out, name lines without them, or set files.on_secret to redact in your config`,
  );
}

/** Scans a text by itself, such as a prompt: what may be sent of it, and what was replaced where. */
export async function scanText(
  path: string,
  text: string,
  policy: SecretPolicy,
  tell = (line: number): number => line,
): Promise<{ text: string; redacted: Redacted[] }> {
  const findings = await findSecrets(text);
  if (findings.length === 0) return { text, redacted: [] };
  const lines = linesAt(
    text,
    findings.map(({ start }) => start),
  );
  const redacted = findings.map(({ kind }, index) => ({ path, line: tell(lines[index] ?? 1), kind }));
  if (policy === 'refuse') throw refusal(redacted);
  return { text: withoutSecrets(text, findings), redacted };
}

/** A scan that notes down what it replaced. */
export function scanInto(noted: Redacted[], policy: SecretPolicy): Scan {
  return async (path, text, tell) => {
    const { text: clean, redacted } = await scanText(path, text, policy, tell);
    noted.push(...redacted);
    return clean;
  };
}
