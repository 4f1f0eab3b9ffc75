import { defined } from '../core/defined.ts';
import type { Provider } from '../providers/define.ts';
import { rootsOf, type Taken, takeApart, usualRoot } from './base-url.ts';
import { type Env, envPrefix, firstSet, isOn } from './env.ts';
import { expanded } from './expanded.ts';
import type { ProviderValues } from './schema.ts';
import { filled, type SettingValues } from './template.ts';

/** The variables that may move a provider's address, in the order in which they count. */
export const baseUrlNames = ({ id, baseUrlEnv = [] }: Provider): string[] => {
  const prefix = envPrefix(id);
  // Several libraries that call many vendors read the second form.
  return [...new Set([`${prefix}_BASE_URL`, ...baseUrlEnv, `${prefix}_API_BASE`])];
};

/** The variables to name to whoever has to say where a provider is. */
export const addressNames = (provider: Provider): string[] => provider.baseUrlEnv ?? [`${envPrefix(provider.id)}_BASE_URL`];

/** An address that the user wrote: where it stands, and what it is; `wrong` is why it is none, as a whole sentence. */
export type Written = { from: string; inEnvironment: boolean; taken?: Taken; wrong?: string };

/** The address that the environment or the config gives a provider; undefined: neither does. `isShown`: a key will be sent. */
export function writtenAddress(provider: Provider, values: ProviderValues, env: Env, isShown: boolean): Written | undefined {
  const found = firstSet(env, baseUrlNames(provider));
  const text = found?.value ?? values.base_url;
  if (text === undefined) return undefined;
  const place = { from: found?.name ?? `providers.${provider.id}.base_url`, inEnvironment: found !== undefined };
  const { text: address, unset } = found === undefined ? expanded(text, env) : { text, unset: undefined };
  if (unset !== undefined) return { ...place, wrong: `${place.from} names \${${unset}}, which is not set in the environment` };
  const taken = takeApart(address, provider, provider.local === true && !isShown);
  return taken === undefined
    ? { ...place, wrong: `${place.from} is not an address: it should look like https://host/v1` }
    : { ...place, taken };
}

/** What is needed to say whether something may be sent in clear text. */
type Sending = { provider: Provider; values: ProviderValues; env: Env; isShown: boolean };

/**
 * Why nothing may be sent to an address that begins with http://, as a whole sentence; undefined where it may be. On the
 * user's own machine and networks it may, and to a server that is usually there as long as it is shown no key.
 */
export function whyNotInClearText({ from, taken }: Written, { provider, values, env, isShown }: Sending): string | undefined {
  const variable = `${envPrefix(provider.id)}_ALLOW_HTTP`;
  if (taken === undefined || !taken.isClearText || values.allow_http || isOn(env, variable)) return undefined;
  if (provider.local && !isShown) return undefined;
  const what = isShown ? 'the key and all else that is sent' : 'all that is sent';
  const host = taken.origin.replace('http://', '');
  return `${from} begins with http://, so ${what} to ${host} could be read on the way: write https://, or set ${variable}=true if the network in between is your own`;
}

/** Where an API is: the likeliest root, and where else it may be. */
export type Roots = { baseUrl?: string; otherRoots: readonly string[] };

/** The roots of a provider with its variants applied, at the address that the user wrote, else at its own. */
export function findRoots(provider: Provider, written: Written | undefined, settings: SettingValues): Roots {
  const tail = filled(provider.basePath ?? '', settings);
  const usual = filled(provider.baseUrl ?? '', settings) || undefined;
  if (tail === undefined || (written === undefined && usual === undefined)) return { otherRoots: [] };
  if (written === undefined) return { ...defined({ baseUrl: usual && usualRoot(usual, tail) }), otherRoots: [] };
  if (written.taken === undefined) return { otherRoots: [] };
  const [baseUrl, ...otherRoots] = rootsOf(written.taken, { ...provider, ...defined({ baseUrl: usual }) }, provider.wire, tail);
  return { baseUrl, otherRoots };
}
