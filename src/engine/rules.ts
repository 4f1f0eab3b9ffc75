import { type Known, resolveModel } from '../catalog/resolve.ts';
import type { Config } from '../config/config.ts';
import { refText } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { allowing } from './allowed.ts';

type Path = readonly (string | number)[];

/** A place in the config where a model is named, and the model that it stands in for, where it does. */
type Rule = { path: Path; model: string; instead?: string };

function rulesOf({ fallbacks, tasks }: Config): Rule[] {
  const chain = (path: Path, models: readonly string[] = [], instead?: string): Rule[] =>
    models.map((model, at) => ({ path: [...path, at], model, ...(instead === undefined ? {} : { instead }) }));
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
    ...Object.entries(tasks).flatMap(([name, { models }]) => chain(['tasks', name, 'models'], models)),
  ];
}

const refOf = (known: Known, name: string): string => refText(resolveModel(name, known));

/** Why a rule can never take effect; undefined when it can. */
function deadBecause({ model, instead }: Rule, known: Known, isAllowed: (ref: string) => boolean): string | undefined {
  try {
    const ref = refOf(known, model);
    if (!isAllowed(ref)) return `${ref} is not allowed by models.allow and models.deny`;
    return instead !== undefined && refOf(known, instead) === ref ? `${model} would stand in for itself` : undefined;
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
    const why = deadBecause(rule, known, isAllowed);
    if (why !== undefined)
      throw new Failure(
        'config',
        `${config.place(rule.path)}: this rule never takes effect: ${why.replace(/[.\s]*$/, '')}; correct or remove it`,
      );
  }
}
