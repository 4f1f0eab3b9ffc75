import { didYouMean } from '../core/nearest.ts';
import { custom } from '../providers/custom.ts';
import type { Provider } from '../providers/define.ts';
import { type Env, envPrefix } from './env.ts';

const VARIABLE = /^(?:SWITCHBOARD_)?CUSTOM_([A-Z0-9_]+?)_(?:BASE_URL|API_KEY|WIRE)$/;
const ID = /^custom-[a-z0-9][a-z0-9-]*$/;

/** The variable that alone makes an endpoint: without the prefix it is not looked for. */
const addressName = (id: string): string => `SWITCHBOARD_${envPrefix(id)}_BASE_URL`;

const slugsIn = (env: Env): string[] =>
  Object.keys(env).flatMap((name) => {
    const slug = name.startsWith('SWITCHBOARD_CUSTOM_') ? VARIABLE.exec(name)?.[1] : undefined;
    return slug === undefined ? [] : [`custom-${slug.toLowerCase().replaceAll('_', '-')}`];
  });

/** The rows of the user's own endpoints: those that the config names and those that `SWITCHBOARD_CUSTOM_<SLUG>_*` describe. */
export function customProviders(configured: readonly string[], env: Env): Provider[] {
  const ids = new Set([...configured.filter((id) => ID.test(id)), ...slugsIn(env)]);
  return [...ids].toSorted().map((id) => ({
    ...custom,
    id,
    title: `Custom endpoint ${id}`,
    keyEnv: [`${envPrefix(id)}_API_KEY`],
    baseUrlEnv: [addressName(id)],
  }));
}

/** What is told of a name that could only be an endpoint of the user's own, and is none; undefined: it could be something else. */
export function undeclared(name: string, declared: readonly string[]): string | undefined {
  const id = name.toLowerCase();
  if (!ID.test(id)) return undefined;
  const own = declared.filter((one) => ID.test(one));
  return `There is no endpoint "${id}"${didYouMean(id, own)}: set ${addressName(id)} to its address, or providers.${id}.base_url in your config`;
}
