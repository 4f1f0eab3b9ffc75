import { defined } from '../core/defined.ts';
import { isKey, Secret } from '../core/secret.ts';
import { list } from '../core/text.ts';
import { KEYLESS, type Provider } from '../providers/define.ts';
import { accessOf, settingValues } from './access.ts';
import { baseUrlFrom } from './base-url.ts';
import { type Env, envPrefix, firstSet, unexpanded } from './env.ts';
import type { ProviderValues } from './schema.ts';
import { filled, filledEntries, holesIn, type SettingValues } from './template.ts';

/** What a provider may be given at most: calls at the same time, calls and tokens a minute. Absent: no limit of ours. */
export type RateLimits = { concurrency?: number; rpm?: number; tpm?: number };

/** A provider row with all that the user's settings make of it. */
export type Setup = {
  /** The row, with the variants applied that hold here. */
  provider: Provider;
  /** The key, and where it came from: a variable's name. */
  key?: { secret: Secret; from: string };
  /** A program that prints the key, asked at the first call. */
  keyCommand?: readonly string[];
  /** `{model}` in it is filled call by call. */
  baseUrl?: string;
  /** Extra headers of the row and the config; the key's header is not among them. */
  headers: Record<string, string>;
  query: Record<string, string>;
  /** Joined into every request's body: parameters of the vendor that we do not model. */
  extraBody?: Readonly<Record<string, unknown>>;
  defaultModel?: string;
  limits: RateLimits;
  settings: SettingValues;
  /** A config file says something of it. */
  configured: boolean;
  /** The environment or a config gives it an address. */
  readdressed: boolean;
  /** Why it cannot be called, as the whole sentence that the user is told; absent when it can. */
  missing?: string;
  /** The variables that would mend that: one of each list. */
  needs: string[][];
};

const keyNames = (provider: Provider, values: ProviderValues): string[] =>
  values.key_env === undefined ? provider.keyEnv : [values.key_env].flat();

/** The variables that may move a provider's address, in the order in which they count. */
const baseUrlNames = ({ id, baseUrlEnv = [] }: Provider): string[] => [`${envPrefix(id)}_BASE_URL`, ...baseUrlEnv];

/** The variables to name to whoever has to say where a provider is. */
export const addressNames = (provider: Provider): string[] => provider.baseUrlEnv ?? baseUrlNames(provider);

type Address = { baseUrl?: string; readdressed: boolean; missing?: string };

function findBaseUrl(provider: Provider, values: ProviderValues, settings: SettingValues, env: Env): Address {
  const fromEnv = firstSet(env, baseUrlNames(provider));
  const written = fromEnv?.value ?? values.base_url;
  const readdressed = written !== undefined;
  const root = written ?? filled(provider.baseUrl ?? '', settings);
  const tail = filled(provider.basePath ?? '', settings);
  if (!root || tail === undefined) return { readdressed };
  const baseUrl = baseUrlFrom(root, tail, provider.baseUrl);
  if (baseUrl !== undefined) return { readdressed, baseUrl };
  const where = fromEnv?.name ?? `providers.${provider.id}.base_url`;
  return { readdressed, missing: `${where} is not an address: it should look like https://host/v1` };
}

/** The variables of settings that the address has holes for and that have no value. */
function settingNeeds(
  { settings = {}, baseUrl = '', basePath = '' }: Provider,
  values: SettingValues,
  readdressed: boolean,
): string[][] {
  const holes = new Set(holesIn((readdressed ? '' : baseUrl) + basePath));
  return Object.entries(settings).flatMap(([name, { env }]) => (holes.has(name) && values[name] === undefined ? [env] : []));
}

/** The variables that have to be set before this provider can be called: one of each list. */
function needsOf(setup: Omit<Setup, 'needs'>, keyEnv: readonly string[]): string[][] {
  const { provider, key, keyCommand, baseUrl, settings, readdressed } = setup;
  const wantsKey = !KEYLESS.has(provider.auth) && !provider.keyOptional && key === undefined && keyCommand === undefined;
  const unset = settingNeeds(provider, settings, readdressed);
  const address = baseUrl === undefined && unset.length === 0 ? [addressNames(provider)] : unset;
  return [...(wantsKey ? [[...keyEnv]] : []), ...address];
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

/** A key goes into a header, so it is of printable ASCII; quotes and line breaks come from copying. */
const unfit = (key: { name: string; value: string } | undefined): string | undefined =>
  key === undefined || isKey(key.value)
    ? undefined
    : `${key.name} holds characters that no key has (typographic quotes, spaces or line breaks): copy the key again`;

/** Joins a provider's row with the config's values for it and the environment. Pure. */
export function setUp(row: Provider, values: ProviderValues | undefined, env: Env): Setup {
  const written = values ?? {};
  const keyEnv = keyNames(row, written);
  const key = firstSet(env, keyEnv);
  const settings = settingValues(row, written, env);
  const hasKey = key !== undefined || written.key_command !== undefined;
  const provider = { ...row, ...accessOf(row, written, settings, hasKey, env) };
  const { missing: badUrl, ...address } = findBaseUrl(provider, written, settings, env);
  const setup = {
    provider,
    settings,
    ...(key === undefined
      ? defined({ keyCommand: written.key_command })
      : { key: { secret: new Secret(key.value), from: key.name } }),
    ...address,
    headers: { ...filledEntries(provider.headers ?? {}, settings), ...written.headers },
    query: filledEntries(provider.query ?? {}, settings),
    ...defined({ extraBody: written.extra_body, defaultModel: written.default_model }),
    limits: defined({ concurrency: written.concurrency, rpm: written.rpm, tpm: written.tpm }),
    configured: values !== undefined,
  };
  const needs = needsOf(setup, keyEnv);
  const off = written.enabled === false ? `${row.title} is switched off in the config (providers.${row.id}.enabled)` : undefined;
  const missing = off ?? unfit(key) ?? badUrl ?? whatIsMissing(setup, needs, keyEnv, env);
  return { ...setup, needs, ...defined({ missing }) };
}

/** Whether a provider may be chosen by the program itself, and not only by name. */
export const isRoutable = ({ missing, provider, configured, readdressed }: Setup): boolean =>
  missing === undefined && (configured || !provider.incidental) && (configured || readdressed || !provider.local);

/** Whether a provider can be called, but by its own name only, until a config names it. */
export const isByNameOnly = ({ missing, provider, configured }: Setup): boolean =>
  missing === undefined && provider.incidental === true && !configured;

/** What kind of failure it is to call a provider that is not set up: a key that is not there, or settings. */
export const missingKind = ({ key, provider }: Setup): 'auth' | 'config' =>
  key === undefined && provider.keyEnv.length > 0 ? 'auth' : 'config';

/** The key under which the catalogue and live lists know a provider's models. */
export const catalogKey = ({ provider }: Setup): string => provider.catalog ?? provider.id;
