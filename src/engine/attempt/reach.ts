import { authorize } from '../../auth/authorize.ts';
import { missingKind, type Setup } from '../../config/setup.ts';
import { defined } from '../../core/defined.ts';
import { Failure } from '../../core/errors.ts';
import type { Programs } from '../../core/programs.ts';
import { Secret } from '../../core/secret.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import type { AuthStyle } from '../../providers/define.ts';
import type { Site } from '../../wires/wire.ts';

/** What AWS's SDK signs, and the signature. */
const SIGNATURE = /^(?:authorization|x-amz-.*|amz-sdk-.*)$/;

/** A value of a header or of an address that is this long may be a credential, in characters. */
const MIN_SECRET = 12;

/** Headers from a config and parameters of an address may be credentials too, so their values are kept out of what is quoted. */
const secretsOf = ({ key, headers, query }: Setup): Secret[] => [
  ...(key === undefined ? [] : [key.secret]),
  ...(key?.password === undefined ? [] : [key.password]),
  ...[...Object.values(headers), ...Object.values(query)].flatMap((value) =>
    value.length >= MIN_SECRET ? [new Secret(value)] : [],
  ),
];

/** What providers without a key are shown, in the reader's words. */
const SHOWN: Partial<Record<AuthStyle, string>> = {
  entra: 'the token of Microsoft Entra ID',
  'google-adc': 'the token of Google’s application default credentials',
  aws: 'the signature made with the machine’s AWS credentials',
};

function credentialOf({ key, keyCommand, provider: { id, auth } }: Setup): string | undefined {
  if (SHOWN[auth] !== undefined) return SHOWN[auth];
  if (key !== undefined) return key.name;
  return keyCommand === undefined ? undefined : `the key that providers.${id}.key_command prints`;
}

/** An address with the model that it names: Google's ids hold an `@`, which is one in a path as it is. */
export const addressAt = (baseUrl: string, model: string): string =>
  baseUrl.replaceAll('{model}', encodeURIComponent(model).replaceAll('%40', '@'));

/** Where a provider is asked about a model, and as whom. Throws the failure that says what is missing before it can be. */
export function reach(setup: Setup, model: string, programs: Programs): { endpoint: Endpoint; site: Site } {
  const { provider, key, keyCommand, baseUrl, headers, query, extraBody, settings, missing } = setup;
  const { id, title, errorCodes, dayBegins } = provider;
  if (missing !== undefined) throw new Failure(missingKind(setup), missing);
  if (baseUrl === undefined) throw new Failure('config', `${title} has no address: set providers.${id}.base_url`);
  const secrets = secretsOf(setup);
  const file = settings['credentials_file'];
  const credentialsFile = file === undefined ? undefined : programs.expand(file);
  const credentials = { title, programs, ...defined({ key: key?.secret, keyCommand, credentialsFile }) };
  const identify = authorize(provider.auth, credentials, (secret) => secrets.push(secret));
  const address = addressAt(baseUrl, model);
  return {
    site: { baseUrl: address, settings, signed: provider.auth === 'aws', ...defined({ extraBody, quirks: provider.quirks }) },
    endpoint: {
      title,
      provider: id,
      ...defined({ credential: credentialOf(setup), errorCodes, dayBegins }),
      secrets,
      baseUrl: address,
      headers: async () => ({ ...headers, ...(await identify()) }),
      query,
      ...(provider.auth === 'aws' ? { keepHeaders: SIGNATURE } : {}),
    },
  };
}
