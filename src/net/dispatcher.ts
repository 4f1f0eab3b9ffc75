import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';

/** Addresses of proxies, from the environment that the process was given. */
export type Proxies = { http?: string; https?: string; none?: string };

/** A proxy that hung up when it was asked for a tunnel. */
class ProxyHungUp extends Error {
  override readonly name = 'ProxyHungUp';
  readonly code = 'PROXY_HUNG_UP';
}

/**
 * The connections to a proxy. undici takes a proxy that hangs up for a lost connection and tries again at once and without
 * end (thousands of times a second), unless the error has another code than its own `UND_ERR_SOCKET`.
 */
class ProxyPool extends Pool {
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(options: Dispatcher.ConnectOptions, callback: (err: Error | null, data: Dispatcher.ConnectData) => void): void;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback?: (err: Error | null, data: Dispatcher.ConnectData) => void,
  ): Promise<Dispatcher.ConnectData> | void {
    if (callback !== undefined) return super.connect(options, callback);
    return super.connect(options).catch((error: unknown) => {
      throw new ProxyHungUp('The proxy hung up', { cause: error });
    });
  }
}

/**
 * The one connection pool of the process. Node's own `fetch` gives up after 300 seconds without headers or body, which a
 * reasoning model may well need: those limits are lifted here, and ours are kept by `guardedFetch`.
 */
export function createDispatcher(proxies: Proxies): Dispatcher {
  const limits = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } };
  const never = proxies.none?.split(/[\s,]+/).includes('*');
  if (never || (proxies.http === undefined && proxies.https === undefined)) return new Agent(limits);
  return new EnvHttpProxyAgent({
    ...limits,
    clientFactory: (origin, options) => new ProxyPool(origin, options),
    // Empty strings, because undici would read the variables by itself where these are undefined.
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    // Models on the user's own machine are never behind the proxy.
    noProxy: ['localhost', '127.0.0.1', '[::1]', proxies.none].filter(Boolean).join(','),
  });
}
