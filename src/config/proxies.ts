import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { type Env, firstSet } from './env.ts';

/** Addresses of proxies, and the hosts that are reached without one. */
export type Proxies = { http?: string; https?: string; none?: string };

/** The address of a proxy: `host:port` is meant as http. */
function proxyIn(env: Env, name: string): string | undefined {
  const found = firstSet(env, [name, name.toLowerCase()]);
  if (found === undefined) return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(found.value) ? found.value : `http://${found.value}`;
  if (URL.canParse(address) && /^https?:/.test(address)) return address;
  throw new Failure('config', `${found.name} is not the address of a proxy: it should look like http://host:8080`);
}

/** The proxies that the environment names. Throws a `config` failure for what is no address. */
export const proxiesIn = (env: Env): Proxies =>
  defined({
    http: proxyIn(env, 'HTTP_PROXY'),
    https: proxyIn(env, 'HTTPS_PROXY'),
    none: firstSet(env, ['NO_PROXY', 'no_proxy'])?.value,
  });
