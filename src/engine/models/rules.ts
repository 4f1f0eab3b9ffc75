import { type Known, resolveModel } from '../../catalog/resolve.ts';
import type { Config } from '../../config/config.ts';
import { refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import { allowing } from './allowed.ts';

type Path = readonly (string | number)[];

/** A place in the config where a model is named, and the model that it stands in for, where it does. */
type Rule = { path: Path; model: string; instead?: string };

function rulesOf({ fallbacks, tasks, agents, thinkingModel, threads }: Config): Rule[] {
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
    ...Object.values(agents).flatMap(({ name, model, fallbacks: own }) => [
      ...(model === undefined ? [] : [{ path: ['agents', name, 'model'], model }]),
      ...chain(['agents', name, 'fallbacks'], own, model),
    ]),
    ...Object.entries(tasks).flatMap(([name, { models }]) => chain(['tasks', name, 'models'], models)),
  ];
}

const refOf = (known: Known, name: string): string => refText(resolveModel(name, known));

/** Why a rule can never take effect; undefined when it can. */
function deadBecause(
  { path, model: named, instead }: Rule,
  known: Known,
  { agents }: Config,
  isAllowed: (ref: string) => boolean,
): string | undefined {
  try {
    // An agent stands wherever a model may, but not for the model of an agent. Who has none of its own is the default.
    const agent = path[0] === 'agents' && path[2] === 'model' ? undefined : agents[named];
    const model = agent === undefined ? named : agent.model;
    if (model === undefined) return undefined;
    const ref = refOf(known, model);
    if (!isAllowed(ref)) return `${ref} is not allowed by models.allow and models.deny`;
    const original = instead === undefined ? undefined : (agents[instead]?.model ?? instead);
    return original !== undefined && refOf(known, original) === ref ? `${model} would stand in for itself` : undefined;
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    return failure.message;
  }
}

/** Throws a `config` failure for the first rule that can never take effect, with the line where it stands. */
export function refuseDeadRules(config: Config, known: Known, tasks: readonly string[]): void {
  const isAllowed = allowing(config.models);
  const strange = Object.keys(config.fallbacks.by_task ?? {}).find((task) => !tasks.includes(task));
  if (strange !== undefined) {
    throw new Failure(
      'config',
      `${config.place(['fallbacks', 'by_task', strange])}: there is no task "${strange}", so this rule never takes effect; correct or remove it; the tasks are ${tasks.join(', ')}`,
    );
  }
  for (const rule of rulesOf(config)) {
    const why = deadBecause(rule, known, config, isAllowed);
    if (why !== undefined)
      throw new Failure(
        'config',
        `${config.place(rule.path)}: this rule never takes effect: ${why.replace(/[.\s]*$/, '')}; correct or remove it`,
      );
  }
}
