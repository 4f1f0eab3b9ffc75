/** Milliseconds to each unit of time that vendors write, by the first letters that tell it. */
const UNITS: readonly [RegExp, number][] = [
  [/^ms|^milli/i, 1],
  [/^s/i, 1000],
  [/^m/i, 60_000],
  [/^h/i, 3_600_000],
  [/^d/i, 86_400_000],
];

const ONE = String.raw`\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z])`;
const PIECE = /(\d+(?:\.\d+)?)\s*([a-z]+)/gi;
const SPAN = String.raw`(?:${ONE})(?:(?:,|\s|and)*(?:${ONE}|\d+(?:\.\d+)?(?:ms|s|m|h)))*`;

/** Lets `1h3m5s` be read: there no blank parts the pieces. */
const spaced = (text: string): string => text.replaceAll(/(\d(?:ms|[smhd]))(?=\d)/gi, '$1 ');

/** A span of time as vendors write it (`34.07s`, `2m30s`, `1h3m`, `8 hours 24 minutes`), in milliseconds; undefined: it is none. */
export function spanMs(text: string): number | undefined {
  const said = spaced(text.trim());
  if (!new RegExp(`^${SPAN}$`, 'i').test(said)) return undefined;
  const pieces = Array.from(said.matchAll(PIECE));
  const sum = pieces.reduce((all, [, number, unit = '']) => {
    const ms = UNITS.find(([name]) => name.test(unit))?.[1] ?? 0;
    return all + Number(number) * ms;
  }, 0);
  return Math.ceil(sum);
}

/** Words after which a vendor says how long to wait. */
const CUE = String.raw`\b(?:try(?:ing)? again|retry(?:ing)?|wait|resets?|available again|come back)\b[^.\d]{0,40}?`;
const IN_SPAN = new RegExp(`${CUE}(${SPAN})`, 'i');

/** Words after which a vendor says until when to wait; only a time with a zone, or a whole day, is the same moment to everybody. */
const AT_DATE =
  /\b(?:try again|retry|wait|resets?|regain access|available again|until)\b[^.\d]{0,40}?(\d{4}-\d\d-\d\d)(?:(?:T| at | )(\d\d:\d\d(?::\d\d)?(?:\.\d+)?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?(?![T\d]| \d| at)/i;

/** How long a sentence asks to wait, in milliseconds from `now` (epoch milliseconds); undefined: it says nothing of it. Pure. */
export function waitInText(text: string, now: number): number | undefined {
  const span = IN_SPAN.exec(spaced(text))?.[1];
  if (span !== undefined) return spanMs(span);
  const [, day, time = '00:00', zone = 'Z'] = AT_DATE.exec(text) ?? [];
  if (day === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}${/^(?:utc|gmt)$/i.test(zone) ? 'Z' : zone}`);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
