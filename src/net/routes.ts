import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { Failure } from '../core/errors.ts';
import type { Proxies } from '../core/proxies.ts';
import { isPassedBy } from './no-proxy.ts';

/** How an address is reached: by which connections, and through which proxy, by its host. */
type Route = { dispatcher: Dispatcher; through?: string };

/** The connections of the process. */
export type Routes = {
  /** Throws a `config` failure where the address is behind a proxy that cannot be used. */
  to: (address: string) => Route;
  /** Ends every connection. */
  close: () => Promise<void>;
};

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
 * Node's own `fetch` gives up after 300 seconds without headers or body, which a reasoning model may well need: those limits
 * are lifted here, and ours are kept by `guardedFetch`.
 */
const LIMITS = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } };

const agentOf = (address: string): ProxyAgent =>
  new ProxyAgent({
    ...LIMITS,
    uri: address,
    clientFactory: (origin, options) => new ProxyPool(origin, options),
    factory: (origin, options) => new Pool(origin, Object.assign({}, LIMITS, options)),
    // A plain address is asked for whole (RFC 9112, 3.2.2): many proxies let tunnels through to port 443 only.
    proxyTunnel: false,
  });

export function createRoutes(proxies: Proxies): Routes {
  const direct = new Agent(LIMITS);
  const agents = new Map<string, ProxyAgent>();
  return {
    to(address) {
      const url = new URL(address);
      const proxy = url.protocol === 'http:' ? proxies.http : proxies.https;
      if (proxy === undefined || isPassedBy(url, proxies.none)) return { dispatcher: direct };
      if ('refused' in proxy) throw new Failure('config', proxy.refused);
      const dispatcher = agents.get(proxy.address) ?? agentOf(proxy.address);
      agents.set(proxy.address, dispatcher);
      return { dispatcher, through: new URL(proxy.address).host };
    },
    close: async () => void (await Promise.all([direct, ...agents.values()].map((agent) => agent.destroy()))),
  };
}
