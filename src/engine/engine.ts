import type { Catalog } from '../catalog/catalog.ts';
import type { Config } from '../config/config.ts';
import { type Answer, type Ask, refText } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { settled } from '../core/settled.ts';
import { type Assembly, assemble } from './assembly.ts';
import type { LiveListStore } from './models/live-lists.ts';
import type { Resolving, Target } from './models/resolving.ts';
import { type Room, roomFor } from './models/room.ts';
import type { Books } from './money/books.ts';
import { ceiling, purposeOf } from './money/purpose.ts';
import type { Prices } from './money/quote.ts';
import type { Purpose } from './money/ticket.ts';
import { type Preview, previewOf, type Previews } from './preview.ts';
import type { Caller, CallRequest, Prepared, RunContext } from './request.ts';
import { asItIs, type Screen } from './screen.ts';
import { type Member, type Outcome, refusalOf, together } from './together.ts';

export type { Progress } from './attempt/attempt.ts';
export type { Outcome } from './together.ts';

export type Engine = {
  readonly config: Config;
  readonly lists: LiveListStore;
  /** What is known of models, with what providers list themselves over it. */
  catalog: () => Promise<Catalog>;
  /** What a model string means; without one, the default. Throws `not_found`, `input` or `config` failures. */
  resolve: Resolving['resolve'];
  /** What a model means that a rule of the configuration names, at its place there. */
  resolveRule: Resolving['resolveRule'];
  /** Asks one model, and those that stand in for it. Throws a `Failure` and nothing else. */
  call: (request: CallRequest, caller?: Caller) => Promise<Answer & { why?: string }>;
  /** Asks several at once; outcomes come in the order asked, and one failure leaves the others alone. */
  callAll: (requests: readonly CallRequest[], caller?: Caller) => Promise<Outcome[]>;
  /** What a call would do and may cost. Calls nobody. */
  preview: (request: CallRequest, caller?: Caller) => Promise<Preview>;
  /** The same for several at once, and whether the money for all of them would be there. Calls nobody. */
  previewAll: (requests: readonly CallRequest[], caller?: Caller) => Promise<Previews>;
  /** What may go along with an ask, to all of these models. */
  room: (ask: Ask, targets: readonly Target[]) => Promise<Room>;
  /** What was spent, and what of it is left. Throws a `config` failure when the ledger cannot be read. */
  ledger: () => Promise<Books>;
  /** What attempts are priced by. */
  prices: () => Promise<Prices>;
  /** Cancels what runs and closes every connection and file. */
  close: () => Promise<void>;
};

/** How often it is tried at the end to write what could not be written before: another process may hold the file. */
const MAX_LAST_TRIES = 6;

/** How a model is called in a comparison: an agent by its own name, too. */
const nameOf = ({ agent, ...target }: Target): string =>
  agent === undefined ? refText(target) : `${agent.name} (${refText(target)})`;

function purposeFor({ config, life }: Assembly, requests: readonly CallRequest[], caller: Caller): Purpose {
  const limited = requests.find(({ maxCostUsd }) => maxCostUsd !== undefined);
  return purposeOf(config, caller, life, ceiling(limited?.maxCostUsd));
}

/** A call whose plan is made; with `share_in_flight` it may be one that is under way already. */
async function run(
  { config, runner, sharing }: Assembly,
  request: CallRequest,
  prepared: Prepared,
  context: RunContext & Caller,
): Promise<Answer & { why?: string }> {
  if (!config.shareInFlight) return runner.run(request, prepared, context);
  try {
    const same = { ...request, hostFamily: context.hostFamily, owner: context.purpose.owner };
    return await sharing(same, context.signal, (signal) => runner.run(request, prepared, { ...context, signal }));
  } catch (error) {
    // Who leaves is told so in our words, whatever reason the signal carries.
    throw failureIn(error) ?? (context.signal?.aborted ? new Failure('cancelled', 'The call was cancelled') : error);
  }
}

/** Several calls, each understood or not. */
const membersOf = (
  { knowledge, prepare }: Assembly,
  requests: readonly CallRequest[],
  { hostFamily }: Caller,
): Promise<Member[]> =>
  Promise.all(
    requests.map(async (request) => {
      const resolved = knowledge.resolve(request.model, hostFamily);
      const target = await resolved.then(nameOf, () => request.model ?? 'the default model');
      return { request, target, prepared: await settled(prepare(request, hostFamily)) };
    }),
  );

const around = (parts: Assembly) => ({ ...parts, isKept: parts.runner.isKept });

async function callAll(parts: Assembly, requests: readonly CallRequest[], caller: Caller): Promise<Outcome[]> {
  const purpose = purposeFor(parts, requests, caller);
  const members = await membersOf(parts, requests, caller);
  return together(members, purpose, around(parts), (request, prepared, ticket) =>
    run(parts, request, prepared, { ...caller, purpose, ...defined({ ticket }) }),
  );
}

async function preview(parts: Assembly, request: CallRequest, { wish, plan }: Prepared, purpose: Purpose): Promise<Preview> {
  return { ...(await previewOf(plan, request.ask, { ...parts, purpose })), ...defined({ why: wish.targets[0]?.why }) };
}

async function previewAll(parts: Assembly, requests: readonly CallRequest[], caller: Caller): Promise<Previews> {
  const purpose = purposeFor(parts, requests, caller);
  const members = await membersOf(parts, requests, caller);
  const previews = members.map(async ({ request, prepared }) =>
    'failure' in prepared ? prepared : settled(preview(parts, request, prepared.value, purpose)),
  );
  const refusal = members.length < 2 ? undefined : await refusalOf(members, purpose, around(parts));
  return { previews: await Promise.all(previews), ...defined({ refusal: refusal?.message }) };
}

async function close({ closing, partners, books, till }: Assembly): Promise<void> {
  closing.abort();
  await partners.close();
  const open = await books.last().catch(() => undefined);
  if (open === undefined) return;
  // Each try waits for the file as long as a call does.
  for (let tries = 0; tries < MAX_LAST_TRIES; tries += 1) if ((await till.flush()) === 0) break;
  open.ledger.close();
}

export type EngineSetup = {
  userAgent?: string;
  /** Looks at each agent before it is asked. If omitted, agents are asked as they are. */
  screen?: Screen;
  /** The process in which it lives, for the ledger. */
  pid?: number;
};

export function createEngine(config: Config, { userAgent = 'switchboard-mcp', screen = asItIs, pid }: EngineSetup = {}): Engine {
  const parts = assemble(config, { userAgent, screen, ...defined({ pid }) });
  const { knowledge, setups, books, prices, prepare } = parts;
  return {
    config,
    lists: knowledge.lists,
    catalog: knowledge.catalog,
    resolve: knowledge.resolve,
    resolveRule: knowledge.resolveRule,
    async call(request, caller = {}) {
      const purpose = purposeFor(parts, [request], caller);
      return run(parts, request, await prepare(request, caller.hostFamily), { ...caller, purpose });
    },
    callAll: (requests, caller = {}) => callAll(parts, requests, caller),
    preview: async (request, caller = {}) =>
      preview(parts, request, await prepare(request, caller.hostFamily), purposeFor(parts, [request], caller)),
    previewAll: (requests, caller = {}) => previewAll(parts, requests, caller),
    room: async (ask, targets) => roomFor(ask, targets, setups, await knowledge.catalog()),
    ledger: books,
    prices,
    close: () => close(parts),
  };
}
