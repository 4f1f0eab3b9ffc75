import { Failure } from '../core/errors.ts';

/** What Node and undici call it, and what a person would. */
const PASSING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there (connection refused)',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed while the request was sent',
  EAI_AGAIN: 'the name does not resolve for now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection broke off',
  PROXY_HUNG_UP: 'the proxy hung up',
};

/** The same for what is as it is: asking again changes nothing. */
const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name does not resolve',
  UND_ERR_ABORTED: 'the proxy refused the connection',
  UND_ERR_PRX_TLS: 'the proxy refused the connection',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS',
};

/** The same for certificates that nobody here vouches for, as where a company opens the connections of its machines. */
const UNVOUCHED: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified',
};

const VOUCH = 'if it is to be trusted, set NODE_EXTRA_CA_CERTS to a file with the certificate that vouches for it';

function codeOf(error: unknown): string | undefined {
  let link: unknown = error;
  for (let depth = 0; depth < 6 && link instanceof Error; depth += 1) {
    if ('code' in link && typeof link.code === 'string') return link.code;
    link = link.cause;
  }
  return undefined;
}

/** An authored failure for a connection that did not come about or broke off; `origin` is scheme, host and port. */
export function networkFailure(title: string, origin: string, error: unknown): Failure {
  const code = codeOf(error) ?? '';
  const lasting = UNVOUCHED[code] ?? LASTING[code];
  const why = lasting ?? PASSING[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`;
  return new Failure('network', `${title} could not be reached at ${origin}: ${why}`, {
    ...(lasting === undefined ? {} : { shouldRetry: false }),
    ...(UNVOUCHED[code] === undefined ? {} : { advice: VOUCH }),
    cause: error,
  });
}
