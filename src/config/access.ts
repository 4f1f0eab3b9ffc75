import { Failure } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';
import type { Access, Provider, Variant } from '../providers/define.ts';
import { type WireId, WIRES } from '../wires/wire.ts';
import { type Env, envPrefix, firstSet } from './env.ts';
import type { ProviderValues } from './schema.ts';
import type { SettingValues } from './template.ts';

/** The values of a row's settings: from the environment, else the config, else the row's own default. Pure. */
export function settingValues({ settings = {} }: Provider, values: ProviderValues, env: Env): SettingValues {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, { env: names, default: usual }]) => {
      const written: Record<string, unknown> = values;
      const own = written[name];
      const value = firstSet(env, names)?.value ?? (typeof own === 'string' ? own : usual);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function holds({ when }: Variant, settings: SettingValues, hasKey: boolean): boolean {
  if (when === 'no key') return !hasKey;
  const value = settings[when.setting];
  return value !== undefined && (when.is === '*' || when.is === value);
}

/** The wire that the user chose, in the environment (`<ID>_WIRE`) or the config. */
function chosenWire({ id }: Provider, values: ProviderValues, env: Env): WireId | undefined {
  const found = firstSet(env, [`${envPrefix(id)}_WIRE`]);
  if (found === undefined) return values.wire;
  const wire = WIRES.find((known) => known === found.value);
  if (wire !== undefined) return wire;
  throw new Failure('config', `${found.name} is "${clip(oneLine(found.value), 40)}", but a wire is one of ${WIRES.join(', ')}`);
}

/** The access that a row's variants make of it, and what the user says over all of them. Pure; throws a `config` failure for a wire that does not exist. */
export function accessOf(provider: Provider, values: ProviderValues, settings: SettingValues, hasKey: boolean, env: Env): Access {
  const applied = (provider.variants ?? []).filter((variant) => holds(variant, settings, hasKey));
  const access = applied.reduce<Access>((sofar, { use }) => ({ ...sofar, ...use }), provider);
  const wire = chosenWire(provider, values, env) ?? access.wire;
  return { ...access, wire, auth: access.authByWire?.[wire] ?? access.auth };
}
