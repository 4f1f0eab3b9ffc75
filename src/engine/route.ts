import type { ModelRef } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { list } from '../core/text.ts';
import { type Candidate, choose } from '../routing/choose.ts';
import { DEFAULT_TASKS, type Priority, type Task } from '../routing/tasks.ts';
import type { Engine } from './engine.ts';
import { candidates } from './panel.ts';

export type Route = { target: ModelRef; why: string };

/** The routing table: the default rows, with the config's over them. */
function taskTable({ config }: Engine): Record<string, Task> {
  const own = Object.entries(config.tasks).map(([name, values]) => {
    const base: Task = DEFAULT_TASKS[name] ?? { about: 'a task of your own', priority: 'balanced' };
    const { about = base.about, priority = base.priority, models } = values;
    return [name, { ...base, about, priority, ...(models === undefined ? {} : { models }) }];
  });
  return { ...DEFAULT_TASKS, ...Object.fromEntries(own) };
}

function taskNamed(engine: Engine, name: string): Task {
  const table = taskTable(engine);
  const task =
    table[
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_')
    ];
  if (task !== undefined) return task;
  const near = nearest(name, Object.keys(table), 1)[0];
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new Failure('input', `There is no task "${name}".${hint} The tasks are ${list(Object.keys(table))}.`);
}

/** The first of the models that the config names for a task that can be called, with the reason why earlier ones cannot. */
async function named(engine: Engine, models: readonly string[]): Promise<Route> {
  const passed: string[] = [];
  for (const model of models) {
    try {
      const { provider, model: id } = await engine.resolve(model);
      const missing = engine.config.providers.find((setup) => setup.provider.id === provider)?.missing;
      if (missing === undefined)
        return { target: { provider, model: id }, why: ['your config names it for this task', ...passed].join('; ') };
      passed.push(`${model} was passed over: ${missing}`);
    } catch (error) {
      const failure = failureIn(error);
      if (failure === undefined) throw error;
      passed.push(`${model} was passed over: ${failure.message}`);
    }
  }
  throw new Failure('config', `None of the models that your config names for this task can be called: ${passed.join('; ')}`);
}

const TIER_WORDS: Record<Candidate['tier'], string> = { best: 'strongest', balanced: 'everyday', fast: 'quickest and cheapest' };

function because({ tier, provider }: Candidate, task: Task, priority: Priority, of: number): string {
  const maker = task.prefer?.includes(provider) ? `, and ${provider} is preferred for ${task.about}` : '';
  return `${task.about} with priority ${priority}: the ${TIER_WORDS[tier]} model of its line${maker}; ${of} ${of === 1 ? 'candidate' : 'candidates'}`;
}

/** Which model a task goes to and why. Throws `input` for an unknown task, `auth` or `unsupported` when no model can take it. */
export async function route(engine: Engine, name: string, wanted?: Priority): Promise<Route> {
  const task = taskNamed(engine, name);
  if (task.models !== undefined) return named(engine, task.models);
  const all = await candidates(engine);
  // Nothing is set up, or only what no table ranks: the default's own error or choice says it best.
  if (all.length === 0) {
    const { why = 'the only model that is set up', ...target } = await engine.resolve(undefined);
    return { target, why };
  }
  const priority = wanted ?? task.priority;
  const { ranked, dropped } = choose(task, priority, all);
  const [first] = ranked;
  if (first === undefined) {
    throw new Failure('unsupported', `No model that is set up can take this task: ${dropped[0]?.reason ?? 'none fits'}`);
  }
  return { target: { provider: first.provider, model: first.model }, why: because(first, task, priority, ranked.length) };
}

/** The models that a task would be given to, best first. Throws `input` for an unknown task. */
export async function rankedFor(engine: Engine, name: string): Promise<readonly Candidate[]> {
  const task = taskNamed(engine, name);
  return choose(task, task.priority, await candidates(engine)).ranked;
}
