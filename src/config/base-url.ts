import { defined } from '../core/defined.ts';
import type { Provider } from '../providers/define.ts';
import type { WireId } from '../wires/wire.ts';
import { addressFrom, isClearText } from './address.ts';
import { decoded, withoutEndings, withoutEndpoint } from './endpoint-paths.ts';

/** What an address that somebody wrote says besides where the API is. */
type Told = {
  /** The protocol and the model of the endpoint whose whole path was pasted. */
  wire?: WireId;
  model?: string;
  query: Readonly<Record<string, string>>;
  /** The name and password before the host, as Basic authentication wants them, and the password alone. */
  login?: { basic: string; password: string };
};

/** An address taken apart: `written` is its path without an endpoint, `path` is without what the row does not want there. */
export type Taken = Told & { origin: string; written: string; path: string; isOwn: boolean; isClearText: boolean };

/** What of a row an address is read by. */
type Reading = Pick<Provider, 'baseUrl' | 'basePath' | 'endings' | 'foreignEndings'>;

/** The domain that a host belongs to, roughly: its last two names; a number belongs to itself. */
const domainOf = (hostname: string): string => (/[a-z]$/i.test(hostname) ? hostname.split('.').slice(-2).join('.') : hostname);

/** Whether an address is one of the vendor's own hosts: `eu.api.openai.com` is, whoever passes the API on is not. */
function isVendors({ hostname }: URL, { baseUrl }: Reading): boolean {
  const own = baseUrl?.replaceAll(/\{\w+\}/g, 'x');
  return own !== undefined && domainOf(new URL(own).hostname) === domainOf(hostname);
}

function loginIn({ username, password }: URL): Told['login'] {
  if (username === '' && password === '') return undefined;
  const [name, secret] = [decoded(username), decoded(password)];
  return { basic: Buffer.from(`${name}:${secret}`).toString('base64'), password: secret || name };
}

/** An address that somebody wrote, taken apart; `plain`: as a server is meant that speaks http. Undefined: it is none. Pure. */
export function takeApart(text: string, row: Reading, plain = false): Taken | undefined {
  const url = addressFrom(text, { like: row.baseUrl, plain });
  if (url === undefined) return undefined;
  const { path: written, wire, model: pasted } = withoutEndpoint(url.pathname);
  const own = withoutEndings(written, row.foreignEndings ?? []);
  const { path, model = pasted } = withoutEndings(own.path, row.endings ?? []);
  return {
    origin: url.origin,
    written,
    path,
    isOwn: isVendors(url, row),
    isClearText: isClearText(url),
    query: own.path === written ? Object.fromEntries(url.searchParams) : {},
    ...defined({ wire, model, login: loginIn(url) }),
  };
}

const VERSION = /\/v\d+\w*(?=\/|$)/;

/** `path` with `tail` after it, where it does not end with it (or with a version of its own) yet. */
function withTail(path: string, tail: string): string {
  if (tail === '' || /\/v\d+\w*$/.test(path)) return path;
  const segments = tail.split('/').slice(1);
  // `https://x/openai` and a tail of `/openai/v1` share a segment.
  for (let shared = segments.length; shared > 0; shared -= 1) {
    const head = `/${segments.slice(0, shared).join('/')}`;
    if (path.endsWith(head)) return [path, ...segments.slice(shared)].join('/');
  }
  return path + tail;
}

/** The root of a row's own address, with the tail that its variants give it. Undefined: a setting makes no address of it. */
export const usualRoot = (address: string, tail: string): string | undefined =>
  URL.canParse(address) ? withTail(address, tail) : undefined;

/** What has to follow a host of the vendor's own, where no more than a part of it is there: the path of its usual address. */
function usualTail({ path, isOwn }: Taken, { baseUrl }: Reading): string {
  const usual = baseUrl === undefined || !isOwn ? '' : new URL(baseUrl).pathname.replace(/\/+$/, '');
  return usual.startsWith(path) ? usual.slice(path.length) : '';
}

/** The version that a protocol's root has where its server names none. */
const VERSIONS: Partial<Record<WireId, string>> = {
  'openai-chat': '/v1',
  'openai-responses': '/v1',
  'anthropic-messages': '/v1',
  'google-generate': '/v1beta',
};

/**
 * The roots at which an API may be that is at this address, the likeliest first. `tail` is what the row says has to follow
 * the path (`/v1`); without one, an address is taken at its word, and with the protocol's version only after that.
 */
export function rootsOf(taken: Taken, row: Reading, wire: WireId, tail: string): [string, ...string[]] {
  const { origin, written, path } = taken;
  const first = `${origin}${row.basePath === undefined ? path + usualTail(taken, row) : withTail(path, tail)}`;
  const versioned = VERSION.test(written) ? [] : [written + (VERSIONS[wire] ?? '')];
  const others = [written, ...versioned].map((other) => origin + other).filter((other) => other !== first);
  return [first, ...new Set(others)];
}
