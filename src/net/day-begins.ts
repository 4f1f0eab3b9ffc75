const DAY_MS = 86_400_000;

/** Milliseconds from `now` (epoch milliseconds) until the next midnight in a time zone; a change of the clocks may add or take an hour. */
export function untilDayBegins(timeZone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' })
    .formatToParts(now)
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => Number(value));
  const [hours = 0, minutes = 0, seconds = 0] = parts;
  return DAY_MS - ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
