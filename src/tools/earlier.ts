import type { Redacted } from '../context/parcel/sent.ts';
import type { SecretPolicy } from '../context/secrets/scan.ts';
import type { Part } from '../core/chat.ts';
import { Pace } from '../core/pace.ts';
import type { Clean, Earlier } from '../engine/memory.ts';
import { estimateTokens } from '../pricing/estimate.ts';

/** A picture or PDF that goes along again; `path`: the name or address that is known of it. */
type EarlierMedia = { what: 'image' | 'pdf'; path?: string; bytes: number };

/** What goes along from a conversation: how much, and what of the user's machine is in it. */
export type EarlierTurns = { turns: number; tokens: number; files: string[]; media: EarlierMedia[] };

/** Looks for secrets in turns that were kept, by the same rules as in a prompt; `redacted` fills as it is asked. */
export async function cleanerFor(policy: SecretPolicy, signal?: AbortSignal): Promise<{ clean: Clean; redacted: Redacted[] }> {
  const { applyPolicy, scanText } = await import('../context/secrets/scan.ts');
  // A turn that is summed up and goes along too is looked through twice, and told of once.
  const seen = new Set<string>();
  const redacted: Redacted[] = [];
  const pace = new Pace(signal);
  const clean: Clean = async (name, text) => {
    const scanned = await scanText(name, text, 'redact', pace);
    applyPolicy(policy, scanned.redacted, 'begin a new conversation without them');
    const key = `${name}\n${text}`;
    if (!seen.has(key)) redacted.push(...scanned.redacted);
    seen.add(key);
    return scanned.text;
  };
  return { clean, redacted };
}

/** What of a turn is no text, in the bytes that it has before base64. */
function mediaIn(part: Part): EarlierMedia[] {
  if (part.type === 'text') return [];
  if (part.type === 'image_url') return [{ what: 'image', path: part.url, bytes: Buffer.byteLength(part.url) }];
  const bytes = Buffer.byteLength(part.data, 'base64');
  if (part.type === 'image') return [{ what: 'image', bytes }];
  return [{ what: 'pdf', ...(part.name !== undefined && { path: part.name }), bytes }];
}

/** The account of what goes along from a conversation; undefined where it only begins. */
export async function accountOf(earlier: readonly Earlier[]): Promise<EarlierTurns | undefined> {
  if (earlier.length === 0) return undefined;
  const { filesToldIn } = await import('../context/told.ts');
  const messages = earlier.map(({ message }) => message);
  const parts = messages.filter(({ role }) => role === 'user').flatMap(({ content }) => content);
  const files = new Set(parts.flatMap((part) => (part.type === 'text' ? filesToldIn(part.text) : [])));
  return { turns: messages.length, tokens: estimateTokens({ messages }), files: [...files], media: parts.flatMap(mediaIn) };
}
