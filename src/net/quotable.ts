import type { Secret } from '../core/secret.ts';
import { clip, oneLine } from '../core/text.ts';
import { keyForms, withoutKeys } from './key-forms.ts';

const KEY_LIKE =
  /\b(?:sk|pk|gsk|xai|hf|AIza|nvapi|r8|key)[-_][\w*.…-]{6,}|\bAIza[\w-]{10,}|\beyJ[\w-]{8,}[\w.-]*|\bya29\.[\w.-]+|\bgh[pousr]_\w+|\bgithub_pat_\w+|\bA[KS]IA[A-Z0-9]{12,}|\bBearer\s+\S+/gi;

/** A vendor masks the key that it refuses: what it leaves of the beginning and the end is part of the key all the same. */
const MASKED = /(?<![\w-])[\w-]*[*•]{3,}[\w-]*|(?<![\w-])[\w-]{2,}(?:\.{3}|…)[\w-]*\d[\w-]*/g;

/** The fewest characters by which a word gives a key away. */
const MIN_PIECE = 6;

/** The words of a text without those that begin or end as a key does. */
function withoutPieces(text: string, key: string): string {
  if (key.length < MIN_PIECE) return text;
  const [head, tail] = [key.slice(0, MIN_PIECE), key.slice(-MIN_PIECE)];
  return text.replaceAll(/\S+/g, (word) => (word.includes(head) || word.includes(tail) ? '[redacted]' : word));
}

/** As much of a message is looked at, in characters. */
const MAX_READ = 4000;

/** The longest quote, in characters. */
const MAX_QUOTE = 300;

/**
 * Makes a vendor's words fit to quote: one line, at most 300 characters, no key of ours, whole or masked, and nothing that
 * looks like one.
 */
export function quotable(message: string, secrets: readonly Secret[]): string {
  let clean = withoutKeys(oneLine(message.slice(0, MAX_READ)), keyForms(secrets));
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value !== '') clean = withoutPieces(clean.replaceAll(value, '[redacted]'), value);
  }
  return clip(clean.replace(KEY_LIKE, '[redacted]').replace(MASKED, '[redacted]'), MAX_QUOTE);
}
