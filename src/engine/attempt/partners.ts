import type { Config } from '../../config/config.ts';
import type { Setup } from '../../config/setup.ts';
import type { ModelRef, Note, Rewrite } from '../../core/chat.ts';
import { deadline } from '../../core/deadline.ts';
import { defined } from '../../core/defined.ts';
import { Failure } from '../../core/errors.ts';
import { getJson } from '../../net/fetch.ts';
import { createRoutes } from '../../net/routes.ts';
import { answersIn } from '../../wires/body.ts';
import { WIRE } from '../../wires/index.ts';
import { join } from '../../wires/join.ts';
import { talk, type Talk } from '../../wires/talk.ts';
import type { Call } from '../../wires/wire.ts';
import type { AskForList } from '../models/live-lists.ts';
import { cutNotes } from './cut-prompt.ts';
import { addressAt, reach } from './reach.ts';
import { createWays } from './ways.ts';

/** The most that an answer may weigh on the wire, in bytes: far above any text, far below what would hurt. */
const MAX_ANSWER_BYTES = 32 * 1_048_576;

/** The most that a list of models may weigh, in bytes: the longest there are have a thousand models and weigh two million. */
const MAX_LIST_BYTES = 8 * 1_048_576;

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

/** A call in the dialect of whoever is asked in this way. */
const inDialect = ({ provider: { quirks } }: Setup, { ask, model }: Call): Call => ({ ask, model, ...defined({ quirks }) });

export function createPartners(config: Config, userAgent: string): Partners {
  const { timeouts, proxies } = config;
  const limits = { firstByteMs: timeouts.firstByteMs, idleMs: timeouts.idleMs, maxAnswerBytes: MAX_ANSWER_BYTES };
  const net = { routes: createRoutes(proxies), limits, userAgent };
  const setups = new Map(config.providers.map((setup) => [setup.provider.id, setup]));
  const talks = new Map<string, Talk>();
  const ways = createWays();

  function setupFor(id: string): Setup {
    const setup = setups.get(id);
    if (setup === undefined) throw new Failure('not_found', `There is no provider "${id}"`);
    return setup;
  }

  /** One client for each address and protocol. */
  function partner(way: Setup, model: string): Talk {
    const { endpoint, site } = reach(way, model, config.programs);
    const name = [way.provider.id, way.provider.wire, way.provider.auth, endpoint.baseUrl].join(' ');
    const known = talks.get(name) ?? talk(WIRE[way.provider.wire], net, endpoint, site);
    talks.set(name, known);
    return known;
  }

  return {
    talkTo({ provider, model }) {
      const setup = setupFor(provider);
      // What is missing is told before anything is held for the call.
      reach(ways.current(setup, model), model, config.programs);
      return async (call, options) => {
        const { result, notes } = await ways.walk(setup, model, call.ask, async (way) => {
          const reply = await partner(way, model)(inDialect(way, call), options);
          const cut = way.provider.quirks?.cutsPrompts ? cutNotes(call.ask, reply.usage) : [];
          return { ...reply, notes: [...reply.notes, ...cut] };
        });
        return { ...result, notes: [...notes, ...result.notes] };
      };
    },
    write({ provider, model }, call) {
      const way = ways.current(setupFor(provider), model);
      const wire = WIRE[way.provider.wire];
      const { body: own, notes } = wire.encode(inDialect(way, call));
      const body = join(own, way.extraBody);
      return {
        address: addressAt(way.baseUrl ?? '', model),
        body,
        notes,
        outputLimit: wire.outputLimit(body),
        answers: answersIn(body),
        parameters: wire.parameters(body),
      };
    },
    rewrites: ({ provider, model }) => WIRE[ways.current(setupFor(provider), model).provider.wire].rewrites,
    async askForList(setup, timeoutMs, signal) {
      const limit = deadline({ totalMs: timeoutMs }, [signal]);
      const path = setup.provider.list?.path ?? '/models';
      try {
        const { result } = await ways.walk(setup, '', undefined, (way) =>
          getJson(net, reach(way, '', config.programs).endpoint, { path, maxBytes: MAX_LIST_BYTES }, limit.signal),
        );
        return result;
      } finally {
        limit.end();
      }
    },
    close: () => net.routes.close(),
  };
}
