import { plural } from '../core/text.ts';
import type { Catalog } from './catalog.ts';

/** Days after which many models that are asked for are newer than the catalogue, and many that it offers are retired. */
const OLD_DAYS = 180;
const DAY_MS = 86_400_000;

type Dated = Pick<Catalog, 'date'>;

/** Says how old a catalogue is on a day (YYYY-MM-DD), as `400 days old`; undefined: not so old that it matters. */
export function oldAge({ date }: Dated, today: string): string | undefined {
  const days = Math.floor((Date.parse(today) - Date.parse(date)) / DAY_MS);
  return days > OLD_DAYS ? `${plural(days, 'day')} old` : undefined;
}

/** The reason of a choice that was made by a catalogue, with its age where that matters. */
export function withAge(why: string, catalog: Dated, today: string): string {
  const age = oldAge(catalog, today);
  return age === undefined ? why : `${why}; the catalogue is ${age}`;
}
