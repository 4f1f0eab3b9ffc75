import { Failure } from '../core/errors.ts';
import { custom } from '../providers/custom.ts';
import type { Provider } from '../providers/define.ts';
import { type WireId, WIRES } from '../wires/wire.ts';
import { type Env, envPrefix, firstSet } from './env.ts';

const VARIABLE = /^(?:SWITCHBOARD_)?CUSTOM_([A-Z0-9_]+?)_(?:BASE_URL|API_KEY|WIRE)$/;
const ID = /^custom-[a-z0-9][a-z0-9-]*$/;

const slugsIn = (env: Env): string[] =>
  Object.keys(env).flatMap((name) => {
    const slug = name.startsWith('SWITCHBOARD_CUSTOM_') ? VARIABLE.exec(name)?.[1] : undefined;
    return slug === undefined ? [] : [`custom-${slug.toLowerCase().replaceAll('_', '-')}`];
  });

function wireOf(id: string, env: Env): WireId {
  const found = firstSet(env, [`${envPrefix(id)}_WIRE`]);
  if (found === undefined) return custom.wire;
  const wire = WIRES.find((known) => known === found.value);
  if (wire === undefined)
    throw new Failure('config', `${found.name} is "${found.value}", but a wire is one of ${WIRES.join(', ')}`);
  return wire;
}

/** The rows of the user's own endpoints: those that the config names and those that `SWITCHBOARD_CUSTOM_<SLUG>_*` describe. */
export function customProviders(configured: readonly string[], env: Env): Provider[] {
  const ids = new Set([...configured.filter((id) => ID.test(id)), ...slugsIn(env)]);
  return [...ids].toSorted().map((id) => ({
    ...custom,
    id,
    title: `Custom endpoint ${id}`,
    keyEnv: [`${envPrefix(id)}_API_KEY`],
    wire: wireOf(id, env),
  }));
}
