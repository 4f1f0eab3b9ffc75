import { defaultModel, type Known, resolveModel } from '../../catalog/resolve.ts';
import type { Config } from '../../config/config.ts';
import { isRoutable } from '../../config/setup.ts';
import type { Agent } from '../../core/agent.ts';
import type { ModelRef } from '../../core/chat.ts';
import { Failure, failureIn, type FailureKind } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import type { LiveListStore } from './live-lists.ts';

/** A model string understood: `why` says how it was chosen when nobody named it exactly. */
export type Target = ModelRef & { why?: string; agent?: Agent };

/** What a model string means; without one, the default. Throws `not_found`, `input`, `auth` or `config` failures. */
export type Resolve = (model: string | undefined, hostFamily?: string) => Promise<Target>;

/** What resolution goes by. */
type Source = { config: Config; known: () => Promise<Known>; lists: Pick<LiveListStore, 'findLocal'> };

/** What a name is refused with that means no model. */
const UNKNOWN: ReadonlySet<FailureKind> = new Set(['not_found', 'input']);

/** What a program-wide missing key is told: which variables would help, of the best-known providers. */
function noneReady(config: Config): Failure {
  const names = config.providers.flatMap(({ provider }) => (provider.maker ? provider.keyEnv.slice(0, 1) : [])).slice(0, 3);
  return new Failure(
    'auth',
    `No provider is set up, so no model can be called: set ${list([...names, 'another provider’s key'], 'or')} in the server's environment`,
  );
}

/** The agent that a name means, by itself or through aliases; undefined: it means none. */
function agentNamed(name = '', { agents, aliases }: Config): Agent | undefined {
  const seen = new Set<string>();
  for (let at = name.trim(); !seen.has(at); at = (aliases[at] ?? at).trim()) {
    seen.add(at);
    if (Object.hasOwn(agents, at)) return agents[at];
  }
  return undefined;
}

/** A bare name that nobody knows may be that of a model on this machine, so its servers are asked before it is refused. */
async function resolveNamed(model: string, { known, lists }: Source): Promise<Target> {
  const first = await known();
  try {
    return resolveModel(model, first);
  } catch (error) {
    if (failureIn(error)?.kind !== 'not_found') throw error;
    await lists.findLocal();
    return resolveModel(model, await known());
  }
}

async function resolvePlain(wanted: string | undefined, hostFamily: string | undefined, source: Source): Promise<Target> {
  if (wanted !== undefined) return resolveNamed(wanted, source);
  if (!source.config.providers.some(isRoutable)) throw noneReady(source.config);
  return defaultModel(await source.known(), hostFamily);
}

/** Where the default is an agent itself, its model is what an agent without one takes. */
async function resolveAgent(agent: Agent, hostFamily: string | undefined, source: Source): Promise<Target> {
  const { config } = source;
  const other = agent.model === undefined ? agentNamed(config.defaultModel, config) : undefined;
  const model = other === undefined ? (agent.model ?? config.defaultModel) : other.model;
  return { ...(await resolvePlain(model, hostFamily, source)), agent, why: `the agent "${agent.name}"` };
}

/** Wraps a failure of the default model with the place where it is configured: who named no model cannot know what is wrong. */
function withPlace(error: unknown, { defaultModel: wanted, place }: Config): unknown {
  const failure = failureIn(error);
  if (failure === undefined || !UNKNOWN.has(failure.kind) || wanted === undefined) return error;
  const where = place(['default_model']);
  return new Failure('config', `The default model, set in ${where}, means nothing: ${failure.message} Correct it there.`, {
    cause: error,
  });
}

export function createResolve(source: Source): Resolve {
  const { config } = source;
  const resolveWanted: Resolve = async (wanted, hostFamily) => {
    const agent = agentNamed(wanted, config);
    return agent === undefined ? resolvePlain(wanted, hostFamily, source) : resolveAgent(agent, hostFamily, source);
  };
  return async (model, hostFamily) => {
    if (model !== undefined) return resolveWanted(model, hostFamily);
    try {
      return await resolveWanted(config.defaultModel, hostFamily);
    } catch (error) {
      throw withPlace(error, config);
    }
  };
}
