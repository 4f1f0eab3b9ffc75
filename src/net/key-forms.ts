import type { Secret } from '../core/secret.ts';

/** Shorter keys are placeholders of local servers (`ollama`, `sk-1234`): to replace them would mangle ordinary text. */
const SHORTEST = 12;

/** Words with a few digits behind them, as in `sk-no-key-required`: a placeholder, however long. */
const WORDS = /^[a-z]{1,19}(?:[-_.][a-z]{1,19})*[-_.]?\d{0,4}$/i;

/** So often a small letter is followed by a capital in no words that people write as one. */
const FEWEST_HUMPS = 3;

/** Says if a key is one that no ordinary text holds by chance. */
const isTelling = (key: string): boolean =>
  key.length >= SHORTEST && (!WORDS.test(key) || (key.match(/[a-z][A-Z]/g) ?? []).length >= FEWEST_HUMPS);

/**
 * Encodes a key in base64 as it stands within something longer, `offset` bytes behind a border of three: only the characters that
 * the key alone decides.
 */
function withinBase64(key: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(key)]);
  const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
  return bytes.toString('base64').slice(from, to);
}

function formsOf(key: string): string[] {
  if (!isTelling(key)) return [];
  const base64 = [0, 1, 2].map((offset) => withinBase64(key, offset));
  const hex = Buffer.from(key).toString('hex');
  const encoded = encodeURIComponent(key);
  const forms = [
    key,
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
    hex,
    hex.toUpperCase(),
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(key).slice(1, -1),
    key.replaceAll('/', '\\/'),
  ];
  // The longest first, so that none is replaced within another one.
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

const known = new WeakMap<Secret, readonly string[]>();

/** Returns the forms in which keys may come back in a text: as they are, and in the encodings that programs put them into. */
export const keyForms = (secrets: readonly Secret[]): string[] =>
  secrets.flatMap((secret) => {
    const forms = known.get(secret) ?? formsOf(secret.reveal());
    known.set(secret, forms);
    return forms;
  });

const REPLACED = '[redacted]';

/** Replaces every form of a key in a text. */
export const withoutKeys = (text: string, forms: readonly string[]): string =>
  forms.reduce((clean, form) => clean.replaceAll(form, REPLACED), text);

/** The fewest characters of a key that are more than the letters with which all keys of a vendor begin. */
const FEWEST = 12;

/** Finds how many characters at the end of a text may begin one of the forms. */
function unfinished(text: string, forms: readonly string[]): number {
  let longest = 0;
  for (const form of forms) {
    const first = form[0] ?? '';
    let at = text.indexOf(first, Math.max(0, text.length - form.length + 1));
    while (at !== -1 && text.length - at > longest) {
      if (form.startsWith(text.slice(at))) longest = text.length - at;
      at = text.indexOf(first, at + 1);
    }
  }
  return longest;
}

/** Replaces what is left of a key at the end of a text that was cut. */
export function withoutCutKey(text: string, forms: readonly string[]): string {
  const length = unfinished(text, forms);
  return length < FEWEST ? text : text.slice(0, -length) + REPLACED;
}
