import { list } from '../core/text.ts';
import { type Complaint, keyText, type Path } from './complaint.ts';
import { type ConfigValues, TRUSTED_KEYS } from './schema.ts';

/** A text of a file, and where it stands. */
type Said = { keys: Path; text: string };

/** An agent of a cloned repository must not have files sent that nobody asked for. */
const filesOfAgents = (values: object): Path[] =>
  'agents' in values && typeof values.agents === 'object' && values.agents !== null
    ? Object.entries(values.agents).flatMap(([name, agent]: [string, unknown]) =>
        typeof agent === 'object' && agent !== null && 'files' in agent ? [['agents', name, 'files']] : [],
      )
    : [];

/** What a project's file says that only the user's own files may; undefined: nothing. */
export function untrustedIn(values: unknown): Complaint | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  const keys = Object.keys(values).filter((key) => TRUSTED_KEYS.includes(key));
  const taken: Path[] = [...keys.map((key) => [key]), ...filesOfAgents(values)];
  const [first] = taken;
  if (first === undefined) return undefined;
  const text = `${list(taken.map(keyText))} may be set only in your own config, because this file came with the project; move it there, or name the file with --config`;
  return { keys: first, text };
}

const keysOf = (table: object | undefined, ...at: string[]): Said[] =>
  Object.keys(table ?? {}).map((name) => ({ keys: [...at, name], text: name }));

const chain = (models: readonly string[] | undefined, ...at: string[]): Said[] =>
  (models ?? []).map((text, nth) => ({ keys: [...at, nth], text }));

const one = (text: string | undefined, ...keys: (string | number)[]): Said[] => (text === undefined ? [] : [{ keys, text }]);

const namesIn = ({ aliases, agents, tasks, fallbacks }: ConfigValues): Said[] => [
  ...keysOf(aliases, 'aliases'),
  ...keysOf(agents, 'agents'),
  ...keysOf(tasks, 'tasks'),
  ...keysOf(fallbacks?.by_task, 'fallbacks', 'by_task'),
];

const modelsIn = ({ default_model, thinking_model, aliases, agents, tasks, fallbacks }: ConfigValues): Said[] => [
  ...one(default_model, 'default_model'),
  ...one(thinking_model, 'thinking_model'),
  ...Object.entries(aliases ?? {}).map(([name, text]) => ({ keys: ['aliases', name], text })),
  ...Object.entries(agents ?? {}).flatMap(([name, agent]) => [
    ...one(agent.model, 'agents', name, 'model'),
    ...chain(agent.fallbacks, 'agents', name, 'fallbacks'),
  ]),
  ...Object.entries(tasks ?? {}).flatMap(([name, { models }]) => chain(models, 'tasks', name, 'models')),
  ...chain(fallbacks?.default, 'fallbacks', 'default'),
  ...chain(fallbacks?.too_long, 'fallbacks', 'too_long'),
  ...chain(fallbacks?.refused, 'fallbacks', 'refused'),
  ...keysOf(fallbacks?.by_model, 'fallbacks', 'by_model'),
  ...Object.entries(fallbacks?.by_model ?? {}).flatMap(([name, models]) => chain(models, 'fallbacks', 'by_model', name)),
  ...Object.entries(fallbacks?.by_task ?? {}).flatMap(([name, models]) => chain(models, 'fallbacks', 'by_task', name)),
];

const budgetsIn = (values: ConfigValues, field: 'name' | 'scope'): Said[] =>
  (values.budgets ?? []).flatMap((budget, nth) => (typeof budget === 'object' ? one(budget[field], 'budgets', nth, field) : []));

/** How the texts of a project's file are written that are shown as names: nobody may take them for words of ours. */
const PLAIN: readonly { saidIn: (values: ConfigValues) => Said[]; form: RegExp; what: string }[] = [
  { saidIn: namesIn, form: /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, what: 'at most 60 letters, digits, ".", "_" and "-"' },
  { saidIn: modelsIn, form: /^[A-Za-z0-9@][\w./:@+-]{0,199}$/, what: 'provider/model or a name, without spaces' },
  {
    saidIn: (values) => budgetsIn(values, 'name'),
    form: /^[A-Za-z0-9$][\w .,$-]{0,59}$/,
    what: 'letters, digits, spaces and ".,$-_"',
  },
  // A pattern with braces or many stars takes as long as it likes to be matched.
  {
    saidIn: (values) => budgetsIn(values, 'scope'),
    form: /^(?!(?:.*\*){5})[\w./:@*? -]+$/,
    what: 'a name, with at most four "*" and no braces or brackets',
  },
];

/** A text of a project's file that is not written as plainly as it has to be; undefined: there is none. */
export function strangeIn(values: ConfigValues): Complaint | undefined {
  for (const { saidIn, form, what } of PLAIN) {
    const said = saidIn(values).find(({ text }) => !form.test(text));
    if (said !== undefined)
      return { keys: said.keys, text: `${keyText(said.keys)}: in a project's file this is written as ${what}` };
  }
  return undefined;
}
