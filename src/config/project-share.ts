import { basename } from 'node:path';
import type { Agent } from '../core/agent.ts';
import { defined } from '../core/defined.ts';
import { clip, oneLine } from '../core/text.ts';
import { agentsOf } from './agents.ts';
import type { Path } from './complaint.ts';
import type { ConfigValues, TaskValues } from './schema.ts';

/** What of a project's file counts beside the user's own: nothing that those say something of. */
export type ProjectShare = {
  /** The file as it is called in a sentence: `the project’s switchboard.yaml`. */
  name: string;
  aliases: Readonly<Record<string, string>>;
  agents: Readonly<Record<string, Agent>>;
  /** The rules of it that count: `default_model`, `thinking_model`, `fallbacks`, and tasks as `tasks.<name>`. */
  rules: ReadonlySet<string>;
  /** What does not count, because the user's own files have it: `aliases.fast`, `default_model`. */
  passedOver: readonly string[];
};

/** Names are compared as a person reads them: capitals make no other name, nor do the signs between words. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, '-');

const namesOf = (...tables: (object | undefined)[]): ReadonlySet<string> =>
  new Set(tables.flatMap((table) => Object.keys(table ?? {})).map(plain));

const without = <T>(table: Readonly<Record<string, T>> = {}, names: ReadonlySet<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !names.has(plain(name))));

/** What a task is about stands in answers: there it is the words of the file. */
const quoted = (tasks: Readonly<Record<string, TaskValues>>, path: string): Record<string, TaskValues> =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, { about, ...task }]) => {
      const words = about === undefined ? undefined : `"${clip(oneLine(about), 100)}" (as ${basename(path)} says)`;
      return [name, { ...task, ...defined({ about: words }) }];
    }),
  );

const missingFrom = (kept: object, all: object | undefined, key: string): string[] =>
  Object.keys(all ?? {}).flatMap((name) => (Object.hasOwn(kept, name) ? [] : [`${key}.${name}`]));

/** The values of a project's file that choose models as a whole: one that the user set stays as it is. */
const WHOLE = ['default_model', 'thinking_model', 'fallbacks'] as const;

/**
 * A project's file after the user's own: the user's names keep their meaning, whatever stands under them, and rules that the user
 * set stay. Returns what counts, and the values that are to be joined with the user's. Pure.
 */
export function shareOf(path: string, project: ConfigValues, own: ConfigValues): { share: ProjectShare; values: ConfigValues } {
  const taken = namesOf(own.aliases, own.agents);
  const aliases = without(project.aliases, taken);
  const agents = without(project.agents, taken);
  const tasks = quoted(without(project.tasks, namesOf(own.tasks)), path);
  const whole = WHOLE.filter((key) => project[key] !== undefined);
  const counting = whole.filter((key) => own[key] === undefined);
  const rules = new Set([...counting, ...Object.keys(tasks).map((name) => `tasks.${name}`)]);
  const passedOver = [
    ...whole.filter((key) => own[key] !== undefined),
    ...missingFrom(aliases, project.aliases, 'aliases'),
    ...missingFrom(agents, project.agents, 'agents'),
    ...missingFrom(tasks, project.tasks, 'tasks'),
  ];
  const values = defined(Object.fromEntries(counting.map((key) => [key, project[key]])));
  return {
    share: { name: `the project’s ${basename(path)}`, aliases, agents: agentsOf({ agents }), rules, passedOver },
    values: { ...values, tasks },
  };
}

/** Whether a rule that counts is the project's: a cloned repository may have said it. */
export const isOfProject = (share: ProjectShare | undefined, [key, name]: Path): boolean =>
  share !== undefined && (share.rules.has(String(key)) || share.rules.has(`${key}.${name}`));
