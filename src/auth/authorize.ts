import type { Programs } from '../core/programs.ts';
import { remembered } from '../core/remembered.ts';
import { Secret } from '../core/secret.ts';
import type { AuthStyle } from '../providers/define.ts';
import { entraToken } from './entra.ts';
import { googleToken } from './google-adc.ts';
import { keyFrom } from './key-command.ts';

/** The proof of who is calling: a key, a program that prints one, or a file of credentials. */
export type Credentials = {
  title: string;
  key?: Secret;
  keyCommand?: readonly string[];
  credentialsFile?: string;
  /** The places where the program of `keyCommand` is looked for. */
  programs: Programs;
};

/** The headers that say who is calling, for one request: asked for each time, because tokens are renewed. */
export type Authorize = () => Promise<Record<string, string>>;

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

function byKey(
  { title, key, keyCommand, programs }: Credentials,
  header: (key: string) => Record<string, string>,
  learn: (secret: Secret) => void,
): Authorize {
  if (key !== undefined) return async () => header(key.reveal());
  if (keyCommand === undefined) return async () => ({});
  const ask = remembered(async () => {
    const secret = await keyFrom(keyCommand, title, programs);
    learn(secret);
    return secret;
  });
  return async () => header((await ask()).reveal());
}

type Style = (credentials: Credentials, learn: (secret: Secret) => void) => Authorize;

const inHeader =
  (name: string): Style =>
  (credentials, learn) =>
    byKey(credentials, (key) => ({ [name]: key }), learn);

const byToken =
  (source: (credentials: Credentials) => () => Promise<string>): Style =>
  (credentials, learn) => {
    const token = source(credentials);
    let known = '';
    return async () => {
      const value = await token();
      if (value !== known) learn(new Secret(value));
      known = value;
      return bearer(value);
    };
  };

const STYLES: Record<AuthStyle, Style> = {
  bearer: (credentials, learn) => byKey(credentials, bearer, learn),
  basic: (credentials, learn) => byKey(credentials, (key) => ({ authorization: `Basic ${key}` }), learn),
  'x-api-key': inHeader('x-api-key'),
  'x-goog-api-key': inHeader('x-goog-api-key'),
  'api-key': inHeader('api-key'),
  entra: byToken(entraToken),
  'google-adc': byToken(({ credentialsFile }) => googleToken(credentialsFile)),
  // The AWS SDK signs the request by itself.
  aws: () => async () => ({}),
  none: () => async () => ({}),
};

/**
 * Returns the function that tells a provider of this style who is calling; `learn` hears of every key that turns up later, so
 * that it can be kept out of texts.
 */
export const authorize = (style: AuthStyle, credentials: Credentials, learn: (secret: Secret) => void): Authorize =>
  STYLES[style](credentials, learn);
