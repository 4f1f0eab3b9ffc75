import type { Access, Provider, Variant } from '../providers/define.ts';
import { type Env, firstSet } from './env.ts';
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

/** The access that a row's variants make of it, and what a config says over all of them. Pure. */
export function accessOf(provider: Provider, values: ProviderValues, settings: SettingValues, hasKey: boolean): Access {
  const applied = (provider.variants ?? []).filter((variant) => holds(variant, settings, hasKey));
  const access = applied.reduce<Access>((sofar, { use }) => ({ ...sofar, ...use }), provider);
  return values.wire === undefined ? access : { ...access, wire: values.wire };
}
