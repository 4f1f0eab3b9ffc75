import { isIP } from 'node:net';
import { isPrivateHost } from './private-host.ts';

/** How an address without a scheme is meant. */
export type Manner = {
  /** The usual address of whoever is meant: a bare host without a port has the port of this one. */
  like?: string | undefined;
  /** Plain http is meant wherever the host is: a server of the user's own, which is shown no key. */
  plain?: boolean;
};

/** `https:` may stand alone, as `URL` reads it; a name before a port is no scheme. */
const SCHEME = /^(?:https?:|[a-z][a-z0-9+.-]*:\/)/i;

/** An address without a scheme, so that one can be put before it: `:11500` is what Ollama takes for this machine. */
function bare(written: string): string {
  const text = written.replace(/^\/\//, '');
  const [host = ''] = text.split('/');
  if (isIP(host) === 6) return `[${host}]${text.slice(host.length)}`;
  return text.startsWith(':') ? `127.0.0.1${text}` : text;
}

function parsed(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // `https//host` has lost its colon, and a host of that name is nobody's.
  const isApi = url !== undefined && /^https?:$/.test(url.protocol) && !/^(?:https?)?$/.test(url.hostname);
  return isApi ? url : undefined;
}

/**
 * The scheme of a bare address is https, so that no key travels in clear text over the internet, but for hosts of the user's
 * own machine and networks, and for servers that speak http by themselves.
 */
function withScheme(text: string, { like, plain = false }: Manner): URL | undefined {
  const rest = bare(text);
  const host = parsed(`http://${rest}`)?.hostname;
  if (host === undefined) return undefined;
  const isPlain = plain || isPrivateHost(host.replace(/\.+$/, ''));
  const url = parsed(`${isPlain ? 'http' : 'https'}://${rest}`);
  // An address that says `:80` says it, although the parser drops the usual port.
  const portless = !/^(?:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*):\d+(?:[/?#]|$)/.test(rest);
  if (url !== undefined && isPlain && portless && like !== undefined) url.port = new URL(like).port;
  return url;
}

/** The address that people mean by what they write: with or without a scheme. Undefined: it is none of an API. */
export function addressFrom(written: string, manner: Manner = {}): URL | undefined {
  const text = written.trim();
  if (/^\/(?!\/)/.test(text)) return undefined;
  const url = SCHEME.test(text) ? parsed(text) : withScheme(text, manner);
  if (url === undefined) return undefined;
  // The dot at the end of a full name is no part of it for TLS.
  url.hostname = url.hostname.replace(/\.+$/, '');
  // Where a server listens on every address, a client on the same machine asks loopback (OLLAMA_HOST=0.0.0.0).
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return url;
}

/** Whether what is sent to an address could be read on its way through the internet. */
export const isClearText = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && !isPrivateHost(hostname);
