import { keyHeader } from '../auth/key-header.ts';
import type { Config } from '../config/config.ts';
import type { Setup } from '../config/setup.ts';
import { Failure } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { createDispatcher } from '../net/dispatcher.ts';
import type { Endpoint } from '../net/fetch.ts';
import { WIRE } from '../wires/index.ts';
import { talk, type Talk } from '../wires/talk.ts';

/** The most that an answer may weigh on the wire, in bytes: far above any text, far below what would hurt. */
const MAX_ANSWER_BYTES = 32 * 1_048_576;

/** Who can be talked to: one SDK client per provider for the life of the process, built at its first call. */
export type Partners = {
  /** Throws an `auth` or `config` failure that says what to set when the provider cannot be called. */
  talkTo: (provider: string) => Talk;
  /** Ends every connection. */
  close: () => Promise<void>;
};

/** Headers from a config may carry credentials too, so their values are kept out of what is quoted. */
const secretsOf = ({ key, headers }: Setup): Secret[] => [
  ...(key === undefined ? [] : [key.secret]),
  ...Object.values(headers).flatMap((value) => (value.length >= 12 ? [new Secret(value)] : [])),
];

function endpointOf(setup: Setup): Endpoint {
  const { provider, key, baseUrl, headers, missing } = setup;
  if (missing !== undefined) throw new Failure(key === undefined && provider.keyEnv.length > 0 ? 'auth' : 'config', missing);
  if (baseUrl === undefined)
    throw new Failure('config', `${provider.title} has no address: set providers.${provider.id}.base_url`);
  return {
    title: provider.title,
    ...(key === undefined ? {} : { keyName: key.from }),
    secrets: secretsOf(setup),
    baseUrl,
    headers: () => ({ ...headers, ...keyHeader(provider.auth, key?.secret) }),
  };
}

export function createPartners(config: Config, userAgent: string): Partners {
  const { timeouts, proxies } = config;
  const limits = { firstByteMs: timeouts.firstByteMs, idleMs: timeouts.idleMs, maxAnswerBytes: MAX_ANSWER_BYTES };
  const net = { dispatcher: createDispatcher(proxies), limits, userAgent };
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const talks = new Map<string, Talk>();
  return {
    talkTo(id) {
      const known = talks.get(id);
      if (known) return known;
      const setup = setups.get(id);
      if (setup === undefined) throw new Failure('not_found', `There is no provider "${id}"`);
      const partner = talk(WIRE[setup.provider.wire], net, endpointOf(setup));
      talks.set(id, partner);
      return partner;
    },
    close: () => net.dispatcher.destroy(),
  };
}
