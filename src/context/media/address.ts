import { Failure } from '../../core/errors.ts';
import { shown } from '../gate/spelling.ts';
import { hasInnerHost, isInnerName, numberOf } from './inner-hosts.ts';

/** Says why a vendor should not be sent to an address; undefined where it is one of the public internet. */
function wrongWith(url: URL): string | undefined {
  if (url.protocol !== 'https:') return `uses ${url.protocol.slice(0, -1)} instead of https`;
  if (url.username !== '' || url.password !== '') return 'holds a user name or password';
  // `URL` has already turned 0x7f.1, 2130706433 and 0177.0.0.1 into 127.0.0.1. Public pictures have names, so no number passes.
  if (numberOf(url.hostname) !== undefined) return 'names an IP address';
  return isInnerName(url.hostname) ? 'names a machine of a local or private network' : undefined;
}

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** Decodes each run of `%XX`: a `%` that is none, or bytes that are no UTF-8, leave the others as they are. */
const decoded = (text: string): string =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());

/** Returns the part of an address behind its host, decoded as often as a redirecting service may decode it. */
const restOf = (url: URL): string => decoded(decoded(decoded(url.pathname + url.search + url.hash)));

/** Says why an address inside of an address, as a redirecting service takes one, is none to send a vendor to. */
function wrongInside(url: URL): string | undefined {
  const text = restOf(url);
  const found = Array.from(text.matchAll(/[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>&]{1,2000}/gi));
  const wrong = found.flatMap(([inner]) => parsed(inner) ?? []).map((inner) => wrongWith(inner));
  return (
    wrong.find((why) => why !== undefined) ??
    (hasInnerHost(text) ? 'names a machine of a local or private network behind its host' : undefined)
  );
}

/**
 * Refuses an image's address that is none of the public internet's. A vendor fetches it and we never do, so where it redirects
 * to, or what its name resolves to there, is out of our sight; what shows in the address itself is refused here.
 */
export function checkAddress(said: string): URL {
  const url = parsed(said);
  const what = url === undefined ? 'is no URL' : (wrongWith(url) ?? wrongInside(url));
  if (url !== undefined && what === undefined) return url;
  // Its path and query may be secret, so an address is shown without them.
  const name = url === undefined || url.host === '' ? 'of an image' : shown(`${url.protocol}//${url.host}`);
  throw new Failure('input', `The address ${name} ${what}: name an https address of a public host, or a file by its path`);
}
