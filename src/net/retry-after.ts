import { spanMs } from './wait-text.ts';

/** One way of looking up a header; absent is null, as in `Headers.get`. */
export type HeaderLookup = (name: string) => string | null;

/** The longest wait that is believed, in milliseconds: no limit of any vendor lasts longer than a month. */
const MAX_BELIEVED_MS = 31 * 86_400_000;

/** Numbers from here on are moments, in seconds since 1970, and from a thousand times as much on in milliseconds. */
const MOMENTS_FROM = 1_000_000_000;

/** A wait in milliseconds that somebody could mean, rounded up. */
const believed = (ms: number): number => Math.min(MAX_BELIEVED_MS, Math.max(0, Math.ceil(ms)));

/** Reads a number of seconds, or a moment, as the milliseconds from `now` (epoch milliseconds). */
export function untilMs(value: number, now: number): number {
  if (value < MOMENTS_FROM) return believed(value * 1000);
  return believed((value < MOMENTS_FROM * 1000 ? value * 1000 : value) - now);
}

/** What is left of a limit, and when it is full again, stand in headers whose names end so. */
const LIMITS = ['', '-requests', '-tokens', '-requests-day', '-tokens-minute'];

/** When the limit that is used up is full again: a span (`6m0s`), seconds, or a moment. */
function resetMs(header: HeaderLookup, now: number): number | undefined {
  const used = LIMITS.find((name) => header(`x-ratelimit-remaining${name}`) === '0');
  const value = used === undefined ? null : header(`x-ratelimit-reset${used}`);
  if (value === null) return undefined;
  return /^\d+(\.\d+)?$/.test(value) ? untilMs(Number(value), now) : spanMs(value);
}

/** The vendor's clock tells better than ours how far away a date of the vendor's is. */
function clockOf(header: HeaderLookup, now: number): number {
  const said = Date.parse(header('date') ?? '');
  return Number.isNaN(said) ? now : said;
}

/**
 * How long a vendor asks us to wait, in milliseconds from `now` (epoch milliseconds), or undefined when it does not say.
 * Reads `retry-after-ms` (OpenAI and Azure, milliseconds) before `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3),
 * and after both the reset of a limit of which nothing is left.
 */
export function retryAfterMs(header: HeaderLookup, now: number): number | undefined {
  const ms = Number.parseFloat(header('retry-after-ms') ?? '');
  if (Number.isFinite(ms) && ms >= 0) return believed(ms);
  const value = header('retry-after')?.trim();
  if (!value) return resetMs(header, now);
  if (/^\d+(\.\d+)?$/.test(value)) return believed(Number(value) * 1000);
  // Only what looks like a date: `attempt 3` would be read as one.
  const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : believed(date - clockOf(header, now));
}
