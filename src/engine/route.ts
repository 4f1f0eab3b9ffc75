import { withAge } from '../catalog/age.ts';
import { isOfProject } from '../config/project-share.ts';
import { today } from '../core/day.ts';
import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { ownEntry } from '../core/own-entry.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { type Candidate, choose } from '../routing/choose.ts';
import { DEFAULT_TASKS, type Priority, type Task } from '../routing/tasks.ts';
import type { Engine } from './engine.ts';
import { candidates } from './models/panel.ts';
import type { Target } from './models/resolving.ts';

/** Where a task goes: the models in order, any of which may answer, and why the first one is the first. */
export type Route = { targets: readonly Target[]; why: string; task: string; search?: true };

/** The routing table: the default rows, with the config's over them. */
function taskTable({ config }: Engine): Record<string, Task> {
  const { projectFile } = config;
  const rows = Object.entries(config.tasks).map(([name, values]) => {
    const whose = isOfProject(projectFile, ['tasks', name]) && projectFile ? projectFile.name : 'your own';
    const base: Task = ownEntry(DEFAULT_TASKS, name) ?? { about: `a task of ${whose}`, priority: 'balanced' };
    const { about = base.about, priority = base.priority, models } = values;
    return [name, { ...base, about, priority, ...defined({ models }) }];
  });
  return { ...DEFAULT_TASKS, ...Object.fromEntries(rows) };
}

/** `Code review`, `code-review` and `code_review` are one name. */
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_');

function taskNamed(engine: Engine, name: string): [string, Task] {
  const table = taskTable(engine);
  const found = Object.entries(table).find(([key]) => plain(key) === plain(name));
  if (found !== undefined) return found;
  const tasks = Object.keys(table);
  throw new Failure(
    'input',
    `There is no task "${clip(oneLine(name), 60)}"${didYouMean(name, tasks)}; the tasks are ${list(tasks)}`,
  );
}

/** The models that the config names for a task: those that cannot be called are dropped by the plan, with their reason. */
async function named(engine: Engine, task: string, models: readonly string[]): Promise<Pick<Route, 'targets' | 'why'>> {
  const keys = ['tasks', task, 'models'];
  const targets = await Promise.all(models.map((model, nth) => engine.resolveRule([...keys, nth], model)));
  const { projectFile } = engine.config;
  const isProjects = projectFile !== undefined && isOfProject(projectFile, keys);
  const why = `${isProjects ? projectFile.name : 'your config'} names it for this task`;
  return { targets: targets.map(({ why: _why, ...target }) => (isProjects ? { ...target, why } : target)), why };
}

const TIER_WORDS: Record<Candidate['tier'], string> = { best: 'strongest', balanced: 'everyday', fast: 'quickest and cheapest' };

function because({ tier, provider }: Candidate, task: Task, priority: Priority, of: number): string {
  const maker = task.prefer?.includes(provider) ? `, and ${provider} is preferred for ${task.about}` : '';
  return `${task.about} with priority ${priority}: the ${TIER_WORDS[tier]} model of its line${maker}; ${of} ${of === 1 ? 'candidate' : 'candidates'}`;
}

/** Which model a task goes to and why. Throws `input` for an unknown task, `auth` or `unsupported` when no model can take it. */
export async function route(engine: Engine, name: string, wanted?: Priority): Promise<Route> {
  const [key, task] = taskNamed(engine, name);
  const facts = { task: key, ...(task.search && { search: task.search }) };
  if (task.models !== undefined) return { ...(await named(engine, key, task.models)), ...facts };
  const all = await candidates(engine);
  // Nothing is set up, or only what no table ranks: the default's own error or choice says it best.
  if (all.length === 0) {
    const { why = 'the only model that is set up', provider, model } = await engine.resolve(undefined);
    return { targets: [{ provider, model }], why, ...facts };
  }
  const priority = wanted ?? task.priority;
  const { ranked, dropped } = choose(task, priority, all);
  const [first] = ranked;
  if (first === undefined) {
    throw new Failure('unsupported', `No model that is set up can take this task: ${dropped[0]?.reason ?? 'none fits'}`);
  }
  const targets = ranked.map(({ provider, model }) => ({ provider, model }));
  return { targets, why: withAge(because(first, task, priority, ranked.length), await engine.catalog(), today()), ...facts };
}

/** The models that a task would be given to, best first. Throws `input` for an unknown task. */
export async function rankedFor(engine: Engine, name: string): Promise<readonly Candidate[]> {
  const [, task] = taskNamed(engine, name);
  return choose(task, task.priority, await candidates(engine)).ranked;
}
