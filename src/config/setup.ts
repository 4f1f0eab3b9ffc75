import { defined } from '../core/defined.ts';
import { list } from '../core/text.ts';
import { type Condition, KEYLESS, type Provider } from '../providers/define.ts';
import { accessOf, chosenWire, otherQuery, settingValues } from './access.ts';
import { type Credential, credentialFor, keyNames, whyNoKey } from './credential.ts';
import { type Env, firstSet, unexpanded } from './env.ts';
import { headersOf } from './headers.ts';
import { addressNames, baseUrlNames, findRoots, whyNotInClearText, type Written, writtenAddress } from './root.ts';
import type { ProviderValues } from './schema.ts';
import { filledEntries, holesIn, type SettingValues } from './template.ts';

export { addressNames } from './root.ts';

/** The most that a provider may be given: calls at the same time, calls and tokens a minute. Absent: no limit of ours. */
export type RateLimits = { concurrency?: number; rpm?: number; tpm?: number };

/** A provider row with all that the user's settings make of it. */
export type Setup = {
  /** The row, with the variants applied that hold here. */
  provider: Provider;
  key?: Credential;
  /** A program that prints the key, asked at the first call. */
  keyCommand?: readonly string[];
  /** `{model}` in it is filled call by call. */
  baseUrl?: string;
  /** The same provider by the protocol that may be served at such an address instead. */
  instead?: Setup;
  /** The other roots at which the API may be, for an address that the user wrote, in order. */
  otherRoots: readonly string[];
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
  /** The place of the address that the environment or a config gives it: a variable's name, or a place in the config. */
  addressFrom?: string;
  /** That address is not one of the vendor's own. */
  moved: boolean;
  /** The reason why it cannot be called, as the whole sentence that the user is told; absent when it can. */
  missing?: string;
  /** The reason is something that the user wrote, and not something that the user did not. */
  mistaken: boolean;
  /** The variables that would mend that: one of each list. */
  needs: string[][];
  /** The models that are reached in another way, by patterns over their ids, and that way. */
  ofModels?: readonly { patterns: readonly string[]; setup: Setup }[];
};

/** A setup of which nobody has said yet what is wrong with it. */
type Draft = Omit<Setup, 'needs' | 'mistaken'>;

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
function needsOf(setup: Draft, { key_env: named }: ProviderValues, keyEnv: readonly string[]): string[][] {
  const { provider, key, keyCommand, baseUrl, settings, addressFrom } = setup;
  // A user who names a variable has a key in mind, also where none is needed.
  const isOptional = provider.keyOptional && named === undefined;
  const wantsKey = !KEYLESS.has(provider.auth) && !isOptional && key === undefined && keyCommand === undefined;
  const unset = settingNeeds(provider, settings, addressFrom !== undefined);
  const address = baseUrl === undefined && unset.length === 0 ? [addressNames(provider)] : unset;
  return [...(wantsKey ? [[...keyEnv]] : []), ...address];
}

/** `A or B, and C`: one variable of each list. */
export const needsText = (needs: readonly string[][]): string => needs.map((names) => list(names, 'or')).join(', and ');

/** Says what the user has to do before this provider can be called, as one sentence; undefined when nothing. */
function whatIsMissing({ provider }: Draft, needs: readonly string[][], keyEnv: readonly string[], env: Env): string | undefined {
  if (needs.length === 0) return undefined;
  const left = unexpanded(env, [...keyEnv, ...baseUrlNames(provider)])[0];
  const hint = left === undefined ? '' : `; ${left} holds a placeholder that your host did not expand`;
  return `${provider.title} is not set up: set ${needsText(needs)} in the server's environment${hint}`;
}

/** Says that a key in the config has no effect, because the provider is shown none; undefined: there is no such key. */
function whyKeyIsIdle({ provider: { id, title, auth } }: Draft, values: ProviderValues): string | undefined {
  const idle = KEYLESS.has(auth) && (['key_env', 'key_command'] as const).find((name) => values[name] !== undefined);
  return idle ? `${title} is shown no key, so providers.${id}.${idle} has no effect: remove it` : undefined;
}

/** All that setting a provider up goes by. */
type Sources = { row: Provider; values: ProviderValues; env: Env; configured: boolean };

/** Says what the user wrote that cannot be as it is, as a whole sentence; undefined: nothing. */
function whatIsWrong(
  setup: Draft,
  { row, values, env }: Sources,
  written: Written | undefined,
  badHeader: string | undefined,
): string | undefined {
  if (values.enabled === false) return `${row.title} is switched off in the config (providers.${row.id}.enabled)`;
  const { provider, key, keyCommand } = setup;
  const isShown = key !== undefined || keyCommand !== undefined || Object.keys(values.headers ?? {}).length > 0;
  return (
    (key && whyNoKey(key)) ??
    written?.wrong ??
    (written && whyNotInClearText(written, { provider, values, env, isShown })) ??
    badHeader ??
    whyKeyIsIdle(setup, values)
  );
}

/** One of a provider's accesses: that for the models of a condition of its row, and the one that is tried instead. */
type Facet = { models?: Condition; instead?: boolean };

/** A provider as it is reached in one of its accesses. */
function setUpFor(sources: Sources, { models, instead }: Facet = {}): Setup {
  const { row, values, env, configured } = sources;
  const keyEnv = keyNames(row, values);
  const written = writtenAddress(row, values, env, firstSet(env, keyEnv) !== undefined || values.key_command !== undefined);
  const key = credentialFor(row, values, written, env);
  const hasKey = key !== undefined || values.key_command !== undefined || values.key_env !== undefined;
  const wishes = { values, env, taken: written?.taken, hasKey };
  const settings = settingValues(row, wishes);
  const access = { ...accessOf(row, wishes, settings, models), ...(instead ? row.instead : {}) };
  const provider = { ...row, ...access, auth: key?.auth ?? access.auth };
  const { headers, wrong: badHeader } = headersOf(values.headers, env, `providers.${row.id}`);
  const setup = {
    provider,
    settings,
    ...(key === undefined ? defined({ keyCommand: values.key_command }) : { key }),
    ...findRoots(provider, written, settings),
    ...defined({ addressFrom: written?.from }),
    moved: row.baseUrl !== undefined && written?.taken?.isOwn === false,
    headers: { ...filledEntries(provider.headers ?? {}, settings), ...headers },
    query: { ...otherQuery(row, wishes), ...filledEntries(provider.query ?? {}, settings) },
    ...defined({
      extraBody: values.extra_body,
      defaultModel: values.default_model ?? firstSet(env, row.modelEnv ?? [])?.value ?? written?.taken?.model,
    }),
    limits: defined({ concurrency: values.concurrency, rpm: values.rpm, tpm: values.tpm }),
    configured,
  };
  const needs = needsOf(setup, values, keyEnv);
  const wrong = whatIsWrong(setup, sources, written, badHeader);
  const missing = wrong ?? whatIsMissing(setup, needs, keyEnv, env);
  const isFree = written?.taken !== undefined && row.instead !== undefined && chosenWire(row, wishes) === undefined;
  const other = isFree && !instead && access.wire !== row.instead?.wire;
  return {
    ...setup,
    needs,
    mistaken: wrong !== undefined,
    ...defined({ missing, instead: other ? setUpFor(sources, { ...defined({ models }), instead: true }) : undefined }),
  };
}

/** Joins a provider's row with the config's values for it and the environment. Pure. */
export function setUp(row: Provider, values: ProviderValues | undefined, env: Env): Setup {
  const sources = { row, values: values ?? {}, env, configured: values !== undefined };
  const ofModels = (row.variants ?? []).flatMap(({ when }) =>
    when === 'no key' || !('models' in when) ? [] : [{ patterns: when.models, setup: setUpFor(sources, { models: when }) }],
  );
  return { ...setUpFor(sources), ...(ofModels.length === 0 ? {} : { ofModels }) };
}

/** Tells whether a provider may be chosen by the program itself, and not only by name. */
export const isRoutable = ({ missing, provider, configured, addressFrom }: Setup): boolean =>
  missing === undefined && (configured || !provider.incidental) && (configured || addressFrom !== undefined || !provider.local);

/** Tells whether a provider can be called, but by its own name only, until a config names it. */
export const isByNameOnly = ({ missing, provider, configured }: Setup): boolean =>
  missing === undefined && provider.incidental === true && !configured;

/** Returns the kind of failure when a provider is called that is not set up: `auth` for a missing key, else `config`. */
export const missingKind = ({ key, keyCommand, mistaken, provider }: Setup): 'auth' | 'config' =>
  !mistaken && key === undefined && keyCommand === undefined && !provider.keyOptional && provider.keyEnv.length > 0
    ? 'auth'
    : 'config';

/** The key under which the catalogue and live lists know a provider's models. */
export const catalogKey = ({ provider }: Setup): string => provider.catalog ?? provider.id;
