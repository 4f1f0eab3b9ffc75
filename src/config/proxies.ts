import { defined } from '../core/defined.ts';
import type { Proxies, Proxy } from '../core/proxies.ts';
import { type Env, firstSet } from './env.ts';

/** The proxy that the first of these variables names: `host:port` is meant as http. */
function proxyIn(env: Env, names: readonly string[]): Proxy | undefined {
  const found = firstSet(
    env,
    names.flatMap((name) => [name, name.toLowerCase()]),
  );
  if (found === undefined) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(found.value) ? found.value : `http://${found.value}`;
  if (URL.canParse(address) && /^https?:/i.test(address)) return { address };
  const what = /^socks/i.test(address) ? 'names a SOCKS proxy, and only HTTP proxies are used' : 'is not the address of a proxy';
  return {
    refused: `${found.name} ${what}: it should look like http://host:8080, or NO_PROXY should name the hosts that are reached without it`,
  };
}

/** The proxies that the environment names, as curl reads it. */
export const proxiesIn = (env: Env): Proxies =>
  defined({
    http: proxyIn(env, ['HTTP_PROXY', 'ALL_PROXY']),
    https: proxyIn(env, ['HTTPS_PROXY', 'ALL_PROXY']),
    none: firstSet(env, ['NO_PROXY', 'no_proxy'])?.value,
  });
