import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';

/** What a failed connection is called by a person, and what helps. `lasts`: asking again changes nothing. */
type Cause = { what: string; advice?: string; lasts?: true };

/** A company that looks into its people's connections signs them with a certificate of its own, which Node does not know. */
const unknownSigner = (what: string): Cause => ({
  what,
  advice:
    'if your company or a server of yours signs with its own certificate, set NODE_EXTRA_CA_CERTS to the file that holds it',
  lasts: true,
});

const NO_TLS: Cause = { what: 'it does not speak TLS', advice: 'if it is a server of your own, write http://', lasts: true };

const NO_TUNNEL: Cause = { what: 'the proxy refused the connection', lasts: true };

/** What Node and undici call it. */
const CAUSES: Record<string, Cause> = {
  ECONNREFUSED: { what: 'nothing answers there (connection refused)' },
  ECONNRESET: { what: 'the connection was reset' },
  EPIPE: { what: 'the connection was closed while the request was sent' },
  ENOTFOUND: { what: 'the name does not resolve', lasts: true },
  EAI_AGAIN: { what: 'the name does not resolve for now' },
  EHOSTUNREACH: { what: 'the host cannot be reached' },
  ENETUNREACH: { what: 'the network cannot be reached' },
  ETIMEDOUT: { what: 'the connection timed out' },
  UND_ERR_CONNECT_TIMEOUT: { what: 'the connection timed out' },
  UND_ERR_SOCKET: { what: 'the connection broke off' },
  UND_ERR_ABORTED: NO_TUNNEL,
  PROXY_HUNG_UP: { what: 'the proxy hung up' },
  UND_ERR_PRX_TLS: NO_TUNNEL,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownSigner('its certificate is self-signed'),
  SELF_SIGNED_CERT_IN_CHAIN: unknownSigner('its certificate chain is self-signed'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownSigner('its certificate cannot be verified'),
  UNABLE_TO_GET_ISSUER_CERT: unknownSigner('its certificate is signed by somebody unknown'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownSigner('its certificate is signed by somebody unknown'),
  CERT_UNTRUSTED: unknownSigner('its certificate is not trusted'),
  CERT_HAS_EXPIRED: { what: 'its certificate has expired', lasts: true },
  ERR_TLS_CERT_ALTNAME_INVALID: { what: 'its certificate is for another name', lasts: true },
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

/** An error, and those that caused it. */
function* chain(error: unknown): Generator<Error, void> {
  let link = error;
  for (let depth = 0; depth < 6 && link instanceof Error; depth += 1) {
    yield link;
    link = link.cause;
  }
}

function codeOf(error: unknown): string | undefined {
  for (const link of chain(error)) if ('code' in link && typeof link.code === 'string') return link.code;
  return undefined;
}

/** The status that a proxy answered with in place of a connection: undici has it in its words only. */
function refusedWith(error: unknown): string | undefined {
  for (const link of chain(error)) {
    const status = /^Proxy .*\((\d{3})\)/.exec(link.message)?.[1];
    if (status !== undefined) return status;
  }
  return undefined;
}

/** Statuses with which a proxy answers by itself. */
const OF_PROXIES: ReadonlySet<number> = new Set([403, 407, 502, 504]);

function refusedBy(status: string): Cause {
  if (status === '407')
    return {
      what: 'the proxy wants to know who is calling (407)',
      advice: 'write a name and password into its address, as in http://name:password@host:8080',
      lasts: true,
    };
  return { ...NO_TUNNEL, what: `${NO_TUNNEL.what} (${status})` };
}

function causeOf(error: unknown): Cause {
  const status = refusedWith(error);
  if (status !== undefined) return refusedBy(status);
  const code = codeOf(error);
  const known = code === undefined ? undefined : CAUSES[code];
  return known ?? { what: `the connection failed${code === undefined ? '' : ` (${code})`}` };
}

/** Where a connection was to lead: scheme, host and port, and those of a proxy on the way. */
export type Destination = { origin: string; through?: string | undefined };

function failureOf(title: string, { origin, through }: Destination, { what, advice, lasts }: Cause, cause?: unknown): Failure {
  const way = through === undefined ? '' : ` through the proxy ${through}`;
  return new Failure('network', `${title} could not be reached at ${origin}${way}: ${what}`, {
    ...defined({ cause, advice, shouldRetry: lasts === undefined ? undefined : false }),
  });
}

/** Returns an authored failure for a connection that did not come about or broke off. */
export const networkFailure = (title: string, to: Destination, error: unknown): Failure =>
  failureOf(title, to, causeOf(error), error);

/**
 * Returns the failure that a refusal without a word amounts to where a proxy passes requests on in clear text: the proxy's own,
 * because a vendor says why. Undefined where it is not.
 */
export const proxyFailure = (title: string, to: Destination, status: number): Failure | undefined =>
  to.through === undefined || !to.origin.startsWith('http:') || !OF_PROXIES.has(status)
    ? undefined
    : failureOf(title, to, refusedBy(String(status)));
