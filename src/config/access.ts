import { Failure } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';
import type { Access, Condition, Provider, Variant } from '../providers/define.ts';
import { type WireId, WIRES } from '../wires/wire.ts';
import type { Taken } from './base-url.ts';
import { type Env, envPrefix, firstSet } from './env.ts';
import type { ProviderValues } from './schema.ts';
import type { SettingValues } from './template.ts';

/** What the user says of a provider, from everywhere. */
export type Wishes = {
  values: ProviderValues;
  env: Env;
  /** The address that the user wrote. */
  taken?: Taken | undefined;
  hasKey: boolean;
};

/** The values of a row's settings: from the environment, else the config, else the address, else the row's own default. Pure. */
export function settingValues({ settings = {} }: Provider, { values, env, taken }: Wishes): SettingValues {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, { env: names, default: usual, query }]) => {
      const written: Record<string, unknown> = values;
      const own = written[name];
      const pasted = query === undefined ? undefined : taken?.query[query];
      const value = firstSet(env, names)?.value ?? (typeof own === 'string' ? own : (pasted ?? usual));
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The parameters of the address that are no settings. */
export function otherQuery({ settings = {} }: Provider, { taken }: Wishes): Record<string, string> {
  const read = new Set(Object.values(settings).flatMap(({ query = [] }) => query));
  return Object.fromEntries(Object.entries(taken?.query ?? {}).filter(([name]) => !read.has(name)));
}

/** The wire that the user chose, in the environment (`<ID>_WIRE`), the config, or by the endpoint whose address was pasted. */
export function chosenWire({ id }: Provider, { values, env, taken }: Wishes): WireId | undefined {
  const found = firstSet(env, [`${envPrefix(id)}_WIRE`]);
  if (found === undefined) return values.wire ?? taken?.wire;
  const wire = WIRES.find((known) => known === found.value);
  if (wire !== undefined) return wire;
  throw new Failure('config', `${found.name} is "${clip(oneLine(found.value), 40)}", but a wire is one of ${WIRES.join(', ')}`);
}

/** What the conditions of variants are held against. */
type Situation = {
  settings: SettingValues;
  hasKey: boolean;
  wire: WireId | undefined;
  /** The condition of the models that the access is for; absent: all others. */
  models: Condition | undefined;
};

function holds({ when, use }: Variant, { settings, hasKey, wire, models }: Situation): boolean {
  if (when === 'no key') return !hasKey;
  if ('wire' in when) return when.wire === wire;
  // Models that want another wire than the user chose are the user's own decision.
  if ('models' in when) return when === models && (wire === undefined || use.wire === undefined || use.wire === wire);
  const value = settings[when.setting];
  return value !== undefined && (when.is === '*' || when.is.includes(value));
}

/** The access that a row's variants make of it, and what the user says over all of them. Pure; throws a `config` failure for a wire that does not exist. */
export function accessOf(provider: Provider, wishes: Wishes, settings: SettingValues, models?: Condition): Access {
  const chosen = chosenWire(provider, wishes);
  const situation = { settings, hasKey: wishes.hasKey, wire: chosen, models };
  const applied = (provider.variants ?? []).filter((variant) => holds(variant, situation));
  const access = applied.reduce<Access>((sofar, { use }) => ({ ...sofar, ...use }), provider);
  const wire = chosen ?? access.wire;
  return { ...access, wire, auth: access.authByWire?.[wire] ?? access.auth };
}
