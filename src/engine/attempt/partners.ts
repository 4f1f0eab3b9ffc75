import { authorize } from '../../auth/authorize.ts';
import type { Config } from '../../config/config.ts';
import { missingKind, type Setup } from '../../config/setup.ts';
import type { ModelRef, Note, Rewrite } from '../../core/chat.ts';
import { deadline } from '../../core/deadline.ts';
import { defined } from '../../core/defined.ts';
import { Failure } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import { createDispatcher } from '../../net/dispatcher.ts';
import type { Endpoint } from '../../net/endpoint.ts';
import { getJson } from '../../net/fetch.ts';
import type { AuthStyle } from '../../providers/define.ts';
import { answersIn } from '../../wires/body.ts';
import { WIRE } from '../../wires/index.ts';
import { join } from '../../wires/join.ts';
import { talk, type Talk } from '../../wires/talk.ts';
import type { Call, Site } from '../../wires/wire.ts';
import type { AskForList } from '../models/live-lists.ts';

/** The most that an answer may weigh on the wire, in bytes: far above any text, far below what would hurt. */
const MAX_ANSWER_BYTES = 32 * 1_048_576;

/** What would be sent: to which address, and what the wire knows of the body. */
type Written = {
  address: string;
  body: Record<string, unknown>;
  notes: Note[];
  /** Tokens; undefined: the request bounds nothing. */
  outputLimit: number | undefined;
  /** How many answers are asked for, whatever a user's `extra_body` put into the request. */
  answers: number;
  /** The body without the conversation. */
  parameters: Readonly<Record<string, unknown>>;
};

/** Who can be talked to: one SDK client per provider for the life of the process, built at its first call. */
export type Partners = {
  /** Throws an `auth` or `config` failure that says what to set when the provider cannot be called. */
  talkTo: (target: ModelRef) => Talk;
  /** What would be sent for a call: nobody is asked. */
  write: (target: ModelRef, call: Call) => Written;
  /** In which other ways the requests to a model can be written. */
  rewrites: (target: ModelRef) => readonly Rewrite[];
  /** What a provider says when asked for its models: the parsed body. Throws as `talkTo`, and what the request fails with. */
  askForList: AskForList;
  /** Ends every connection. */
  close: () => Promise<void>;
};

/** What AWS's SDK signs, and the signature. */
const SIGNATURE = /^(?:authorization|x-amz-.*|amz-sdk-.*)$/;

/** Headers from a config may carry credentials too, so their values are kept out of what is quoted. */
const secretsOf = ({ key, headers }: Setup): Secret[] => [
  ...(key === undefined ? [] : [key.secret]),
  ...Object.values(headers).flatMap((value) => (value.length >= 12 ? [new Secret(value)] : [])),
];

/** What providers without a key are shown, in the reader's words. */
const SHOWN: Partial<Record<AuthStyle, string>> = {
  entra: 'the token of Microsoft Entra ID',
  'google-adc': 'the token of Google’s application default credentials',
  aws: 'the signature made with the machine’s AWS credentials',
};

function credentialOf({ key, keyCommand, provider: { id, auth } }: Setup): string | undefined {
  if (key !== undefined) return `the key in ${key.from}`;
  return keyCommand === undefined ? SHOWN[auth] : `the key that providers.${id}.key_command prints`;
}

function reach(setup: Setup, model: string): { endpoint: Endpoint; site: Site } {
  const { provider, key, keyCommand, baseUrl, headers, query, extraBody, settings, missing } = setup;
  const { id, title, errorCodes, dayBegins } = provider;
  if (missing !== undefined) throw new Failure(missingKind(setup), missing);
  if (baseUrl === undefined) throw new Failure('config', `${title} has no address: set providers.${provider.id}.base_url`);
  const secrets = secretsOf(setup);
  const credentials = {
    title,
    ...defined({ key: key?.secret, keyCommand, credentialsFile: settings['credentials_file'] }),
  };
  const identify = authorize(provider.auth, credentials, (secret) => secrets.push(secret));
  const credential = credentialOf(setup);
  const address = baseUrl.replaceAll('{model}', encodeURIComponent(model));
  return {
    site: { baseUrl: address, settings, ...defined({ extraBody }) },
    endpoint: {
      title,
      provider: id,
      ...defined({ credential, errorCodes, dayBegins }),
      secrets,
      baseUrl: address,
      headers: async () => ({ ...headers, ...(await identify()) }),
      query,
      ...(provider.auth === 'aws' ? { keepHeaders: SIGNATURE } : {}),
    },
  };
}

export function createPartners(config: Config, userAgent: string): Partners {
  const { timeouts, proxies } = config;
  const limits = { firstByteMs: timeouts.firstByteMs, idleMs: timeouts.idleMs, maxAnswerBytes: MAX_ANSWER_BYTES };
  const net = { dispatcher: createDispatcher(proxies), limits, userAgent };
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const talks = new Map<string, Talk>();
  return {
    talkTo({ provider: id, model }) {
      const setup = setups.get(id);
      if (setup === undefined) throw new Failure('not_found', `There is no provider "${id}"`);
      // Where the address names the model (Azure's older path), each model is a partner of its own.
      const name = setup.baseUrl?.includes('{model}') ? `${id}/${model}` : id;
      const known = talks.get(name);
      if (known) return known;
      const { endpoint, site } = reach(setup, model);
      const partner = talk(WIRE[setup.provider.wire], net, endpoint, site);
      talks.set(name, partner);
      return partner;
    },
    write({ provider: id, model }, call) {
      const setup = setups.get(id);
      if (setup === undefined) throw new Failure('not_found', `There is no provider "${id}"`);
      const wire = WIRE[setup.provider.wire];
      const { body: own, notes } = wire.encode(call);
      const body = join(own, setup.extraBody);
      const address = setup.baseUrl?.replaceAll('{model}', encodeURIComponent(model)) ?? '';
      return {
        address,
        body,
        notes,
        outputLimit: wire.outputLimit(body),
        answers: answersIn(body),
        parameters: wire.parameters(body),
      };
    },
    rewrites({ provider: id }) {
      const setup = setups.get(id);
      return setup === undefined ? [] : WIRE[setup.provider.wire].rewrites;
    },
    async askForList(setup, timeoutMs, signal) {
      const { endpoint } = reach(setup, '');
      const limit = deadline({ totalMs: timeoutMs }, [signal]);
      try {
        return await getJson(net, endpoint, setup.provider.list?.path ?? '/models', limit.signal);
      } finally {
        limit.end();
      }
    },
    close: () => net.dispatcher.destroy(),
  };
}
