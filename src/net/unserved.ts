import type { VendorError } from './vendor-error.ts';

/** What is not there: anything at this address, or this model at it. Another address or protocol may well serve it. */
export type Unserved = 'here' | 'for this model';

/** Said of a model that is served by another protocol of the same vendor. */
const OTHER_PROTOCOL =
  /operation does not work with the specified model|not a chat model|only (?:supported|available) (?:in|on|with|through|via) (?:the )?(?:v1\/)?(?:responses|chat\/completions|chat completions)|(?:use|try) (?:the )?(?:v1\/)?responses(?: api| endpoint)? instead/i;

/** Said of a path that nobody answers at, whatever the status is that comes with it. */
const NO_PATH =
  /unexpected endpoint|unknown (?:request )?(?:url|endpoint|route|path)|invalid url|no (?:such |matching )?route|cannot (?:post|get) \/|(?:responses|chat completions) api is (?:not|enabled only)/i;

/** Statuses of a path that is not there, and of a method that is not taken there. */
const MISSING: ReadonlySet<number> = new Set([404, 405, 501]);

/** Words of those who know the path and miss something else. */
const KNOWS_PATH = /model|deployment|engine|no (?:allowed )?(?:endpoints|providers)/i;

/** What a refusal says is not served; undefined: it is about something else. Pure. */
export function unserved(status: number, { message, codes }: VendorError): Unserved | undefined {
  if (OTHER_PROTOCOL.test(message) || codes.some((code) => /^operationnotsupported$/i.test(code))) return 'for this model';
  if (NO_PATH.test(message)) return 'here';
  const isPathUnknown = MISSING.has(status) && !KNOWS_PATH.test([message, ...codes].join(' '));
  return isPathUnknown ? 'here' : undefined;
}
