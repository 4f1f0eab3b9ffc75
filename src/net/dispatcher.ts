import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Addresses of proxies, from the environment that the process was given. */
export type Proxies = { http?: string; https?: string; none?: string };

/**
 * The one connection pool of the process. Node's own `fetch` gives up after 300 seconds without headers or body, which a
 * reasoning model may well need: those limits are lifted here, and ours are kept by `guardedFetch`.
 */
export function createDispatcher(proxies: Proxies): Dispatcher {
  const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } };
  if (proxies.http === undefined && proxies.https === undefined) return new Agent(limits);
  return new EnvHttpProxyAgent({
    ...limits,
    // Empty strings, because undici would read the variables by itself where these are undefined.
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    // Models on the user's own machine are never behind the proxy.
    noProxy: ['localhost', '127.0.0.1', '[::1]', proxies.none].filter(Boolean).join(','),
  });
}
