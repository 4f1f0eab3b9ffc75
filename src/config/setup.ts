import { Secret } from '../core/secret.ts';
import { list } from '../core/text.ts';
import type { Provider } from '../providers/define.ts';
import { baseUrlFrom } from './base-url.ts';
import { type Env, envPrefix, firstSet, unexpanded } from './env.ts';
import type { ProviderValues } from './schema.ts';

/** A provider row with all that the user's settings make of it. */
export type Setup = {
  provider: Provider;
  /** The key, and the variable that it came from. */
  key?: { secret: Secret; from: string };
  baseUrl?: string;
  /** Extra headers of the row, the environment and the config; the key's header is not among them. */
  headers: Record<string, string>;
  defaultModel?: string;
  /** Named in a config file, or given an address: what lies around for other purposes, or may not run, is then meant. */
  named: boolean;
  /** Why it cannot be called, as the whole sentence that the user is told; absent when it can. */
  missing?: string;
  /** The variables that would mend that: one of each list. */
  needs: string[][];
};

const keyNames = (provider: Provider, values: ProviderValues): string[] =>
  values.key_env === undefined ? provider.keyEnv : [values.key_env].flat();

/** The variables that may move a provider's address, in the order in which they count. */
export const baseUrlNames = ({ id, baseUrlEnv = [] }: Provider): string[] => [`${envPrefix(id)}_BASE_URL`, ...baseUrlEnv];

type Address = { baseUrl?: string; moved: boolean; missing?: string };

function findBaseUrl(provider: Provider, values: ProviderValues, env: Env): Address {
  const fromEnv = firstSet(env, baseUrlNames(provider));
  const written = fromEnv?.value ?? values.base_url;
  if (written === undefined) return { moved: false, ...(provider.baseUrl === undefined ? {} : { baseUrl: provider.baseUrl }) };
  const baseUrl = baseUrlFrom(written, provider.basePath, provider.baseUrl);
  if (baseUrl !== undefined) return { moved: true, baseUrl };
  const where = fromEnv?.name ?? `providers.${provider.id}.base_url`;
  return { moved: true, missing: `${where} is not an address: it should look like https://host/v1` };
}

/** The variables that have to be set before this provider can be called: one of each list. */
function needsOf({ provider, key, baseUrl }: Omit<Setup, 'needs'>, keyEnv: readonly string[]): string[][] {
  const wantsKey = keyEnv.length > 0 && !provider.keyOptional && key === undefined;
  const wantsUrl = baseUrl === undefined;
  return [...(wantsKey ? [[...keyEnv]] : []), ...(wantsUrl ? [provider.baseUrlEnv ?? baseUrlNames(provider)] : [])];
}

/** `A or B, and C`: one variable of each list. */
export const needsText = (needs: readonly string[][]): string => needs.map((names) => list(names, 'or')).join(', and ');

/** What the user has to do before this provider can be called, as one sentence; undefined when nothing. */
function whatIsMissing(
  { provider }: Omit<Setup, 'needs'>,
  needs: readonly string[][],
  keyEnv: readonly string[],
  env: Env,
): string | undefined {
  if (needs.length === 0) return undefined;
  const left = unexpanded(env, [...keyEnv, ...baseUrlNames(provider)])[0];
  const hint = left === undefined ? '' : `; ${left} holds a placeholder that your host did not expand`;
  return `${provider.title} is not set up: set ${needsText(needs)} in the server's environment${hint}`;
}

/** Joins a provider's row with the config's values for it and the environment. Pure. */
export function setUp(provider: Provider, values: ProviderValues | undefined, env: Env): Setup {
  const settings = values ?? {};
  const keyEnv = keyNames(provider, settings);
  const key = firstSet(env, keyEnv);
  const headerEnv = Object.entries(provider.headerEnv ?? {}).flatMap(([header, variable]) => {
    const found = firstSet(env, [variable]);
    return found === undefined ? [] : [[header, found.value]];
  });
  const { missing: badUrl, moved, ...address } = findBaseUrl(provider, settings, env);
  const setup = {
    provider: { ...provider, wire: settings.wire ?? provider.wire },
    ...(key === undefined ? {} : { key: { secret: new Secret(key.value), from: key.name } }),
    ...address,
    headers: { ...provider.headers, ...Object.fromEntries(headerEnv), ...settings.headers },
    ...(settings.default_model === undefined ? {} : { defaultModel: settings.default_model }),
    named: values !== undefined || moved,
  };
  const needs = needsOf(setup, keyEnv);
  const off =
    settings.enabled === false ? `${provider.title} is switched off in the config (providers.${provider.id}.enabled)` : undefined;
  const missing = off ?? badUrl ?? whatIsMissing(setup, needs, keyEnv, env);
  return { ...setup, needs, ...(missing === undefined ? {} : { missing }) };
}

/** Whether a provider may be chosen by the program itself, and not only by name. */
export const isRoutable = ({ missing, provider, named }: Setup): boolean =>
  missing === undefined && (named || !(provider.incidental || provider.local));

/** The catalogue's key for a provider's models; undefined where it has none. */
export function catalogKey({ provider }: Setup): string | undefined {
  return provider.catalog === null ? undefined : (provider.catalog ?? provider.id);
}
