import { type Known, resolveModel } from '../../catalog/resolve.ts';
import { keyText, type Path } from '../../config/complaint.ts';
import type { Config } from '../../config/config.ts';
import { isOfProject } from '../../config/project-share.ts';
import type { Agent } from '../../core/agent.ts';
import { refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { ownEntry } from '../../core/own-entry.ts';
import { clip, list, oneLine } from '../../core/text.ts';
import { allowing } from './allowed.ts';
import { agentNamed } from './resolving.ts';

/** A place in the config where a model is named, and the model that it stands in for, where it does. */
type Rule = { path: Path; model: string; instead?: string };

function rulesOf({ fallbacks, tasks, agents, projectFile, thinkingModel, threads }: Config): Rule[] {
  const chain = (path: Path, models: readonly string[] = [], instead?: string): Rule[] =>
    models.map((model, at) => ({ path: [...path, at], model, ...defined({ instead }) }));
  const byModel = Object.entries(fallbacks.by_model ?? {}).flatMap(([name, models]) => [
    { path: ['fallbacks', 'by_model', name], model: name },
    ...chain(['fallbacks', 'by_model', name], models, name),
  ]);
  const byTask = Object.entries(fallbacks.by_task ?? {}).flatMap(([task, models]) =>
    chain(['fallbacks', 'by_task', task], models),
  );
  return [
    ...chain(['fallbacks', 'default'], fallbacks.default),
    ...byModel,
    ...byTask,
    ...chain(['fallbacks', 'too_long'], fallbacks.too_long),
    ...chain(['fallbacks', 'refused'], fallbacks.refused),
    ...(thinkingModel === undefined ? [] : [{ path: ['thinking_model'], model: thinkingModel }]),
    ...(threads.compactWith === undefined ? [] : [{ path: ['threads', 'compact_with'], model: threads.compactWith }]),
    ...[...Object.values(agents), ...Object.values(projectFile?.agents ?? {})].flatMap(({ name, model, fallbacks: own }) => [
      ...(model === undefined ? [] : [{ path: ['agents', name, 'model'], model }]),
      ...chain(['agents', name, 'fallbacks'], own, model),
    ]),
    ...Object.entries(tasks).flatMap(([name, { models }]) => chain(['tasks', name, 'models'], models)),
  ];
}

/** The names that a rule may use: the user's own rules mean the same in every project. */
type Scope = { known: Known; agentOf: (name: string) => Agent | undefined };

/** The project's names come last, so that none of them stands before a name of the user's or a model's. */
function scopes(config: Config, known: Known): { own: Scope; project: Scope } {
  const { projectFile } = config;
  const aliases = { ...projectFile?.aliases, ...known.aliases };
  const agents = { ...projectFile?.agents, ...config.agents };
  return {
    own: { known, agentOf: (name) => agentNamed(name, config) },
    project: { known: { ...known, aliases }, agentOf: (name) => agentNamed(name, { aliases, agents }) },
  };
}

/** Why a rule can never take effect; undefined when it can. */
function deadBecause(
  { path, model: named, instead }: Rule,
  { known, agentOf }: Scope,
  isAllowed: (ref: string) => boolean,
): string | undefined {
  const refOf = (name: string): string => refText(resolveModel(name, known));
  try {
    // An agent stands wherever a model may, but not for the model of an agent. Who has none of its own is the default.
    const agent = path[0] === 'agents' && path[2] === 'model' ? undefined : agentOf(named);
    const model = agent === undefined ? named : agent.model;
    if (model === undefined) return undefined;
    const ref = refOf(model);
    if (!isAllowed(ref)) return `${ref} is not allowed by models.allow and models.deny`;
    const original = instead === undefined ? undefined : (agentOf(instead)?.model ?? instead);
    return original !== undefined && refOf(original) === ref ? `${model} would stand in for itself` : undefined;
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    return failure.message;
  }
}

/** Whether the project's file said a rule: what stands under its agents is its own as well. */
const isProjects = ({ path }: Rule, { projectFile, agents }: Config): boolean =>
  path[0] === 'agents' ? ownEntry(agents, String(path[1])) === undefined : isOfProject(projectFile, path);

/** Throws a `config` failure for the first rule that can never take effect, with the line where it stands. */
export function refuseDeadRules(config: Config, known: Known, tasks: readonly string[]): void {
  const isAllowed = allowing(config.models);
  const strange = Object.keys(config.fallbacks.by_task ?? {}).find((task) => !tasks.includes(task));
  if (strange !== undefined) {
    throw new Failure(
      'config',
      `${config.place(['fallbacks', 'by_task', strange])}: there is no task "${clip(oneLine(strange), 60)}", so this rule never takes effect; correct or remove it; the tasks are ${list(tasks)}`,
    );
  }
  const { own: ownScope, project } = scopes(config, known);
  for (const rule of rulesOf(config)) {
    const why = deadBecause(rule, isProjects(rule, config) ? project : ownScope, isAllowed);
    if (why !== undefined)
      throw new Failure(
        'config',
        `${config.place(rule.path)}: this rule never takes effect (${keyText(rule.path)}): ${why.replace(/[.\s]*$/, '')}; correct or remove it`,
      );
  }
}
