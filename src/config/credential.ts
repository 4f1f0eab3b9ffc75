import { keyIn, wrongWithKey } from '../core/copied.ts';
import { Secret } from '../core/secret.ts';
import type { AuthStyle, Provider } from '../providers/define.ts';
import { type Env, firstSet } from './env.ts';
import type { Written } from './root.ts';
import type { ProviderValues } from './schema.ts';

/** What is shown to a provider to say who is calling, and where it came from. */
export type Credential = {
  secret: Secret;
  /** The variable, or the place in a config. */
  from: string;
  /** `the key in GROQ_API_KEY`. */
  name: string;
  /** Where it goes, when it is not where the provider's keys go. */
  auth?: AuthStyle;
  /** The password in it, which is a secret of its own. */
  password?: Secret;
};

export const keyNames = (provider: Provider, values: ProviderValues): string[] =>
  values.key_env === undefined ? provider.keyEnv : [values.key_env].flat();

/** The name and password of an address, which are for whoever is there. */
function loginOf({ from, taken }: Written): Credential | undefined {
  if (taken?.login === undefined) return undefined;
  const { basic, password } = taken.login;
  const name = `the name and password in ${from}`;
  return { secret: new Secret(basic), from, name, auth: 'basic', password: new Secret(password) };
}

function tokenFor({ inEnvironment }: Written, { tokenEnv = [] }: Provider, env: Env): Credential | undefined {
  const found = inEnvironment ? firstSet(env, tokenEnv) : undefined;
  if (found === undefined) return undefined;
  return { secret: new Secret(keyIn(found.value)), from: found.name, name: `the token in ${found.name}`, auth: 'bearer' };
}

/** What a provider is shown, of what the environment holds: what belongs to its address comes first. */
export function credentialFor(
  provider: Provider,
  values: ProviderValues,
  written: Written | undefined,
  env: Env,
): Credential | undefined {
  const own = written && (loginOf(written) ?? tokenFor(written, provider, env));
  if (own !== undefined) return own;
  const found = firstSet(env, keyNames(provider, values));
  return found && { secret: new Secret(keyIn(found.value)), from: found.name, name: `the key in ${found.name}` };
}

/** Why a credential cannot be one, as a whole sentence; undefined where it can. */
export function whyNoKey({ secret, from }: Credential): string | undefined {
  const wrong = wrongWithKey(secret.reveal());
  return wrong === undefined ? undefined : `${from} ${wrong}`;
}
