import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dialects } from '../support/dialects/index.ts';
import type { Home } from '../support/home.ts';
import { CLI, run } from '../support/process.ts';
import { json, withHeaders } from '../support/reply.ts';
import type { Content } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { Vendor, VendorRequest } from '../support/vendor.ts';

/** Whoever hands out tokens: a server that records who asks, and says what a test tells it to. */
export const startIssuer = (): Promise<Vendor> => startVendor(dialects['openai-chat']);

const DAY_S = 86_400;

/** A token of a managed identity, as Azure's App Service hands it out. */
export const entraToken = (value: string, lifetimeS = DAY_S): Content =>
  json(200, {
    access_token: value,
    expires_on: String(Math.floor(Date.now() / 1000) + lifetimeS),
    resource: 'https://cognitiveservices.azure.com',
    token_type: 'Bearer',
  });

/** A token of a service account, as Google's metadata server and its token endpoint hand it out. */
export const googleToken = (value: string, lifetimeS = 3599): Content =>
  withHeaders({ 'metadata-flavor': 'Google' }, json(200, { access_token: value, expires_in: lifetimeS, token_type: 'Bearer' }));

/** Who a request said that it came from. */
export const bearers = ({ requests }: Pick<Vendor, 'requests'>): (string | undefined)[] =>
  requests.map(({ headers }) => headers.authorization);

/** The only request that arrived. */
export function only({ requests }: Pick<Vendor, 'requests'>): VendorRequest {
  const [request, ...others] = requests;
  if (request === undefined || others.length > 0) throw new Error(`Not one request arrived but ${requests.length}.`);
  return request;
}

/** The built program in a folder where no package is installed. */
export async function withoutPackages(home: Home): Promise<string> {
  const folder = join(home.path, 'installed', 'dist');
  await cp(dirname(CLI), folder, { recursive: true });
  await home.write('installed/package.json', '{ "type": "module" }');
  return join(folder, 'cli.js');
}

/** `switchboard call` in an environment of nothing but `vars`. What fails is not asked again. */
export async function ask(home: Home, model: string, vars: Record<string, string>, ...args: string[]) {
  await home.write('.config/switchboard/config.yaml', 'retries: 0\n');
  return run({ home, vars, args: ['call', '-m', model, ...args, 'Hi'] });
}
