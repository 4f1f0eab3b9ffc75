import { plural } from '../core/text.ts';

/** Days after which many models that are asked for are newer than the catalogue, and many that it offers are retired. */
const OLD_DAYS = 180;
const DAY_MS = 86_400_000;

/** Says how old a catalogue of one day is on another, as `400 days old`; undefined: not so old that it matters. */
export function oldAge(date: string, today: string): string | undefined {
  const days = Math.floor((Date.parse(today) - Date.parse(date)) / DAY_MS);
  return days > OLD_DAYS ? `${plural(days, 'day')} old` : undefined;
}
