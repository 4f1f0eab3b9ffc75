import type { VendorError } from './vendor-error.ts';

/** Said of a path that nobody answers at, whatever the status is that comes with it. */
const NO_PATH =
  /unexpected endpoint|unknown (?:request )?(?:url|endpoint|route|path)|invalid url|no (?:such |matching )?route|cannot (?:post|get) \/|(?:responses|chat completions) api is (?:not|enabled only)/i;

/** Statuses of a path that is not there, and of a method that is not taken there. */
const MISSING: ReadonlySet<number> = new Set([404, 405, 501]);

/** Words of those who know the path and miss something else. */
const KNOWS_PATH = /model|deployment|engine|no (?:allowed )?(?:endpoints|providers)/i;

/** Whether a refusal is about the address: nothing is served there, as against a model that is not there. Pure. */
export const isPathUnknown = (status: number, { message, codes }: VendorError): boolean =>
  NO_PATH.test(message) || (MISSING.has(status) && !KNOWS_PATH.test([message, ...codes].join(' ')));
