/** One way of looking up a header; absent is null, as in `Headers.get`. */
export type HeaderLookup = (name: string) => string | null;

/**
 * How long a vendor asks us to wait, in milliseconds from `now` (epoch milliseconds), or undefined when it does not say.
 * Reads `retry-after-ms` (OpenAI and Azure, milliseconds) before `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3).
 */
export function retryAfterMs(header: HeaderLookup, now: number): number | undefined {
  const ms = Number.parseFloat(header('retry-after-ms') ?? '');
  if (Number.isFinite(ms) && ms >= 0) return Math.ceil(ms);
  const value = header('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Only what looks like a date: `attempt 3` would be read as one.
  const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
