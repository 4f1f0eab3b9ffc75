import type { Redacted } from '../context/parcel/sent.ts';
import type { SecretPolicy } from '../context/secrets/scan.ts';
import type { Part } from '../core/chat.ts';
import type { Clean, Earlier } from '../engine/memory.ts';
import { estimateTokens } from '../pricing/estimate.ts';

/** What goes along from a conversation: how much, and what of the user's machine is in it. */
export type EarlierTurns = { turns: number; tokens: number; files: string[] };

/** Looks for secrets in turns that were kept, by the same rules as in a prompt; `redacted` fills as it is asked. */
export async function cleanerFor(policy: SecretPolicy): Promise<{ clean: Clean; redacted: Redacted[] }> {
  const { applyPolicy, scanText } = await import('../context/secrets/scan.ts');
  // A turn that is summed up and goes along too is looked through twice, and told of once.
  const seen = new Set<string>();
  const redacted: Redacted[] = [];
  const clean: Clean = async (name, text) => {
    const scanned = await scanText(name, text, 'redact');
    applyPolicy(policy, scanned.redacted, 'begin a new conversation without them');
    const key = `${name}\n${text}`;
    if (!seen.has(key)) redacted.push(...scanned.redacted);
    seen.add(key);
    return scanned.text;
  };
  return { clean, redacted };
}

const mediaName = (part: Part): string[] =>
  part.type === 'text' ? [] : [part.type === 'pdf' ? `pdf ${part.name ?? 'without a name'}` : 'an image'];

/** The account of what goes along from a conversation; undefined where it only begins. */
export async function accountOf(earlier: readonly Earlier[]): Promise<EarlierTurns | undefined> {
  if (earlier.length === 0) return undefined;
  const { filesToldIn } = await import('../context/told.ts');
  const messages = earlier.map(({ message }) => message);
  const parts = messages.filter(({ role }) => role === 'user').flatMap(({ content }) => content);
  const files = parts.flatMap((part) => (part.type === 'text' ? filesToldIn(part.text) : mediaName(part)));
  return { turns: messages.length, tokens: estimateTokens({ messages }), files: [...new Set(files)] };
}
