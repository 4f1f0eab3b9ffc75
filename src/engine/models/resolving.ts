import { defaultModel, followAliases, type Known, resolveModel, withoutDefault } from '../../catalog/resolve.ts';
import { keyText, type Path } from '../../config/complaint.ts';
import type { Config } from '../../config/config.ts';
import { isOfProject, type ProjectShare } from '../../config/project-share.ts';
import { addressNames, isRoutable, missingKind, type Setup } from '../../config/setup.ts';
import type { Agent } from '../../core/agent.ts';
import type { ModelRef } from '../../core/chat.ts';
import { Failure, failureIn, type FailureKind } from '../../core/errors.ts';
import { ownEntry } from '../../core/own-entry.ts';
import { list } from '../../core/text.ts';
import type { LiveListStore } from './live-lists.ts';

/**
 * A model string understood: `why` says how it was chosen when nobody named it exactly. `project`: a file that came with the
 * project chose it.
 */
export type Target = ModelRef & { why?: string; instead?: string; agent?: Agent; project?: true };

/**
 * Finds what a model string means; without one, the default. Throws `not_found`, `input`, `auth` or `config` failures,
 * and whatever asking a provider for its list brings.
 */
type Resolve = (model: string | undefined, hostFamily?: string) => Promise<Target>;

export type Resolving = {
  resolve: Resolve;
  /** Finds what a model means that a rule of the configuration names, at the place where it stands. */
  resolveRule: (keys: Path, model: string, hostFamily?: string) => Promise<Target>;
};

/** The facts that resolution goes by. */
type Source = { config: Config; known: () => Promise<Known>; lists: Pick<LiveListStore, 'findLocal' | 'fetchFor'> };

/** The kinds of failure of a name that means no model. */
const UNKNOWN: ReadonlySet<FailureKind> = new Set(['not_found', 'input']);

/** The kinds of failure of a provider that has no list. */
const NO_LIST: ReadonlySet<FailureKind> = new Set(['not_found', 'upstream', 'unsupported', 'bad_request']);

/** Returns the failure where no provider is set up: it names variables that would help, of the best-known providers. */
function noneReady(config: Config): Failure {
  const names = config.providers.flatMap(({ provider }) => (provider.maker ? provider.keyEnv.slice(0, 1) : [])).slice(0, 3);
  return new Failure(
    'auth',
    `No provider is set up, so no model can be called: set ${list([...names, 'another provider’s key'], 'or')} in the server's environment`,
  );
}

/** The agent that a name means, by itself or through aliases; undefined: it means none. */
export function agentNamed(name = '', { agents, aliases }: Pick<Config, 'agents' | 'aliases'>): Agent | undefined {
  const seen = new Set<string>();
  for (let at = name.trim(); !seen.has(at); at = (ownEntry(aliases, at) ?? at).trim()) {
    seen.add(at);
    const agent = ownEntry(agents, at);
    if (agent !== undefined) return agent;
  }
  return undefined;
}

/** A bare name that nobody knows may be that of a model on this machine, so its servers are asked before it is refused. */
async function resolveNamed(model: string, source: Source): Promise<Target> {
  const { known, lists } = source;
  const first = await known();
  try {
    return resolveModel(model, first);
  } catch (error) {
    const provider = withoutDefault(model, first);
    if (provider !== undefined) await learnOf(provider.id, source);
    else if (failureIn(error)?.kind === 'not_found') await lists.findLocal();
    else throw error;
    return resolveModel(model, await known());
  }
}

/** Tells whether a provider is there and lists nothing that could be read: its models can be named all the same. */
const isListMissing = ({ kind }: Failure): boolean => NO_LIST.has(kind);

/** Asks a provider for its list, by which its name alone may mean a model. Throws why it could not be had. */
async function learnOf(id: string, { config, lists }: Source): Promise<void> {
  const setup = config.providers.find(({ provider }) => provider.id === id);
  if (setup?.missing !== undefined) throw new Failure(missingKind(setup), setup.missing);
  const failure = await lists.fetchFor(id);
  if (failure === undefined || isListMissing(failure)) return;
  const isSilent = setup?.provider.local === true && failure.kind === 'network';
  throw isSilent ? silent(setup) : failure;
}

const silent = ({ provider, baseUrl }: Setup): Failure =>
  new Failure(
    'network',
    `${provider.title} does not answer at ${baseUrl}: start it there, or set ${list(addressNames(provider), 'or')} to where it is`,
    { shouldRetry: false, remedied: true },
  );

/** Without a default by the catalogue, those that are set up are asked what they have; without a key, the servers of this machine are. */
async function resolveUnnamed(hostFamily: string | undefined, { config, known, lists }: Source): Promise<Target> {
  const ready = config.providers.filter(isRoutable);
  if (ready.length === 0) await lists.findLocal();
  const first = await known();
  if (!first.providers.some((provider) => provider.ready)) throw noneReady(config);
  try {
    return defaultModel(first, hostFamily);
  } catch (error) {
    const failures = await Promise.all(ready.map(({ provider }) => lists.fetchFor(provider.id)));
    const failure = failures.find((one) => one !== undefined && !isListMissing(one));
    // The reason why the only one could not be asked says more than that nothing is known of it.
    if (failure !== undefined && ready.length === 1) throw failure;
    if (failureIn(error) === undefined) throw error;
    return defaultModel(await known(), hostFamily);
  }
}

const resolvePlain = (wanted: string | undefined, hostFamily: string | undefined, source: Source): Promise<Target> =>
  wanted === undefined ? resolveUnnamed(hostFamily, source) : resolveNamed(wanted, source);

/** The user's own default: what a project's file says is none for the user's agents, which may send files. */
const ownDefault = ({ defaultModel: wanted, projectFile }: Config): string | undefined =>
  isOfProject(projectFile, ['default_model']) ? undefined : wanted;

/** Resolves an agent. If the default is an agent itself, an agent without a model takes the model of that one. */
async function resolveAgent(agent: Agent, hostFamily: string | undefined, source: Source): Promise<Target> {
  const { config } = source;
  const usual = ownDefault(config);
  const other = agent.model === undefined ? agentNamed(usual, config) : undefined;
  const model = other === undefined ? (agent.model ?? usual) : other.model;
  return { ...(await resolvePlain(model, hostFamily, source)), agent, why: `the agent "${agent.name}"` };
}

/** Finds what a name means to the user, whatever project this is. */
async function resolveOwn(wanted: string | undefined, hostFamily: string | undefined, source: Source): Promise<Target> {
  const agent = agentNamed(wanted, source.config);
  return agent === undefined ? resolvePlain(wanted, hostFamily, source) : resolveAgent(agent, hostFamily, source);
}

/** Names that a project's file gave. */
type Names = Pick<ProjectShare, 'aliases' | 'agents'>;

/**
 * Finds what a name means. If it means nothing by itself, the project's file may have given it. So no project can give another
 * meaning to a model, whenever that one is listed.
 */
async function resolveAny(
  wanted: string,
  hostFamily: string | undefined,
  source: Source,
  names: Names | undefined = source.config.projectFile,
): Promise<Target> {
  const { projectFile, defaultModel: usual } = source.config;
  const name = wanted.trim();
  const isNamed = ownEntry(names?.aliases, name) !== undefined || ownEntry(names?.agents, name) !== undefined;
  if (projectFile === undefined || names === undefined || !isNamed) return resolveOwn(wanted, hostFamily, source);
  try {
    return await resolveOwn(wanted, hostFamily, source);
  } catch (error) {
    if (failureIn(error)?.kind !== 'not_found') throw error;
  }
  const by = `of ${projectFile.name}`;
  const agent = agentNamed(name, names);
  if (agent === undefined) {
    const target = await resolveAny(followAliases(names, name), hostFamily, source, names);
    return { ...target, why: `the alias "${name}" ${by}`, project: true };
  }
  const model = agent.model ?? usual;
  // An agent's model is no agent: one that named itself would be looked up for ever.
  const target = await (model === undefined
    ? resolvePlain(undefined, hostFamily, source)
    : resolveAny(model, hostFamily, source, { ...names, agents: {} }));
  return { ...target, agent, why: `the agent "${agent.name}" ${by}`, project: true };
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

/** The rules of a project's file that may name a task's agent, which has a system prompt and limits of its own. */
const TAKES_AGENTS: ReadonlySet<string | number | undefined> = new Set(['tasks', 'agents']);

export function createResolve(source: Source): Resolving {
  const { config } = source;
  const { projectFile, place } = config;

  async function resolveRule(keys: Path, model: string, hostFamily?: string): Promise<Target> {
    if (projectFile === undefined || !isOfProject(projectFile, keys)) return resolveOwn(model, hostFamily, source);
    const target = await resolveAny(model, hostFamily, source);
    if (target.agent !== undefined && !TAKES_AGENTS.has(keys[0]))
      throw new Failure(
        'config',
        `${place(keys)}: ${keyText(keys)}: "${model}" is an agent, and a project's file names only models here, because an agent would put its system prompt and limits under calls that nobody made for it; name a model`,
      );
    return { ...target, why: `the ${keys[0]} of ${projectFile.name}`, project: true };
  }

  async function resolve(model: string | undefined, hostFamily?: string): Promise<Target> {
    if (model !== undefined) return resolveAny(model, hostFamily, source);
    const wanted = config.defaultModel;
    if (wanted === undefined) return resolvePlain(undefined, hostFamily, source);
    try {
      return await resolveRule(['default_model'], wanted, hostFamily);
    } catch (error) {
      throw withPlace(error, config);
    }
  }

  return { resolve, resolveRule };
}
