import { defined } from '../core/defined.ts';
import type { Secret } from '../core/secret.ts';
import { clip, oneLine } from '../core/text.ts';

/** What a vendor said about a failure, whatever the shape it said it in. All of it is untrusted text. */
export type VendorError = { message: string; codes: string[]; param?: string; retryAfterMs?: number };

type Json = { [key: string]: unknown };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The object that holds the error: `{error}`, `{errors: [..]}`, an array around either, or the body itself. */
function errorIn(body: unknown): Json | string | undefined {
  if (Array.isArray(body)) return errorIn(body[0]);
  if (!isObject(body)) return text(body);
  for (const key of ['error', 'errors', 'detail'] as const) {
    const inner = body[key];
    if (typeof inner === 'string' && inner) return inner;
    if (isObject(inner)) return inner;
    if (Array.isArray(inner) && inner.length > 0) return errorIn(inner);
  }
  return body;
}

/** Google puts the machine-readable part in `details`: an `ErrorInfo` has a reason, a `RetryInfo` a delay like `34s`. */
function googleDetails(details: unknown): Pick<VendorError, 'codes' | 'retryAfterMs'> {
  const entries = Array.isArray(details) ? details.filter(isObject) : [];
  const codes = entries.flatMap((entry) => text(entry['reason']) ?? []);
  const delay = entries.map((entry) => text(entry['retryDelay'])).find((value) => value !== undefined);
  const seconds = Number.parseFloat(delay ?? '');
  return Number.isFinite(seconds) ? { codes, retryAfterMs: Math.ceil(seconds * 1000) } : { codes };
}

/** OpenRouter wraps the error of the vendor behind it, as text, in `metadata.raw`. */
const behind = (error: Json): string | undefined => (isObject(error['metadata']) ? text(error['metadata']['raw']) : undefined);

/** Reads an error body: parsed JSON where it was JSON, else its text. Never throws. */
export function readVendorError(body: unknown): VendorError {
  const error = errorIn(body);
  if (error === undefined || typeof error === 'string') return { message: error ?? '', codes: [] };
  const { codes, retryAfterMs } = googleDetails(error['details']);
  for (const key of ['code', 'type', 'status', 'error_type', '__type']) {
    const code = error[key];
    if (typeof code === 'string' || typeof code === 'number') codes.push(String(code).replace(/.*#/, ''));
  }
  const said = [text(error['message']) ?? text(error['Message']) ?? text(error['msg']), behind(error)].filter(
    (part) => part !== undefined,
  );
  const location = Array.isArray(error['loc']) ? error['loc'].at(-1) : undefined;
  const param = text(error['param']) ?? text(location);
  return {
    message: said.join(' '),
    codes,
    ...defined({ param, retryAfterMs }),
  };
}

const KEY_LIKE =
  /\b(?:sk|pk|gsk|xai|hf|AIza|nvapi|r8|key)[-_][\w*.…-]{6,}|\bAIza[\w-]{10,}|\beyJ[\w-]{8,}[\w.-]*|\bya29\.[\w.-]+|\bgh[pousr]_\w+|\bgithub_pat_\w+|\bA[KS]IA[A-Z0-9]{12,}|\bBearer\s+\S+/gi;

/** A vendor's words made fit to quote: one line, at most 300 characters, no key of ours nor anything that looks like one. */
export function quotable(message: string, secrets: readonly Secret[]): string {
  let clean = oneLine(message.slice(0, 4000));
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value !== '') clean = clean.replaceAll(value, '[redacted]');
  }
  return clip(clean.replace(KEY_LIKE, '[redacted]'), 300);
}
