import { Failure } from '../core/errors.ts';
import type { Blamed } from './blamed.ts';
import { classify } from './classify.ts';
import { quotable } from './quotable.ts';
import type { HeaderLookup } from './retry-after.ts';

/** The beginning of a web page, in characters: its title stands there. */
const HEAD = 10_000;

/** Whether a text is a web page, whatever its type says. */
export const isPage = (text: string): boolean => /^\s*<(?:!doctype html|html|head|body|center)\b/i.test(text.slice(0, 500));

/** The name of a web page, which is all of it that a reader could use; empty where it has none. */
function titleOf(page: string): string {
  const head = page.slice(0, HEAD);
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(head)?.[1] ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(head)?.[1] ?? '';
  return title.replaceAll('&nbsp;', ' ').replaceAll('&amp;', '&').trim();
}

/** Statuses under which a page comes from somebody between here and the vendor, who says such things in JSON. */
const BETWEEN: ReadonlySet<number> = new Set([403, 407, 511]);

/** Statuses under which a page says that there is no API at the address. */
const ELSEWHERE: ReadonlySet<number> = new Set([404, 405, 410]);

/**
 * The failure that a web page in place of an answer amounts to. A check for browsers, a proxy or a network's sign-in is not the
 * vendor, and says nothing of the key.
 */
export function pageFailure(status: number, page: string, header: HeaderLookup, blamed: Blamed): Failure {
  const title = titleOf(page);
  const isChallenge = header('cf-mitigated') !== null || /just a moment|attention required/i.test(title);
  if (!isChallenge && !BETWEEN.has(status)) {
    const failure = classify({ status, body: title }, blamed);
    return ELSEWHERE.has(status) ? failure.with({ advice: 'check the base URL: a web page is there, and no API' }) : failure;
  }
  const who = isChallenge ? 'A check for browsers' : 'A proxy, a firewall or a sign-in page';
  const said = quotable(title, blamed.secrets);
  return new Failure('network', `${who} between here and ${blamed.title} answered in its place, with a web page (${status})`, {
    status,
    ...(said === '' ? {} : { vendorSaid: said }),
    shouldRetry: false,
    advice: 'open the address in a browser on this machine to see who answers, or use another network or address',
  });
}
