import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { age, count, list, plural } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import type { KeptTurn, ListedThread, ThreadFacts } from '../engine/memory.ts';
import { threadText } from '../tools/render/thread.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { withEngine } from './with-engine.ts';

export type ThreadsOptions = EngineOptions & { all?: boolean; json?: boolean };

type Job = { io: Io; engine: Engine; ids: readonly string[]; options: ThreadsOptions };

const EVERY = 1_000_000;

/** The machine's own user sees everybody's conversations: the file is his. */
async function everyThread({ engine }: Job): Promise<ListedThread[]> {
  const { ledger, trouble } = await engine.ledger();
  if (trouble !== undefined) throw new Failure('config', `No conversation can be read: ${trouble}`);
  ledger.threads.sweep(engine.config.threads.keepMs);
  return ledger.threads.list(undefined, EVERY);
}

async function threadNamed(job: Job): Promise<{ facts: ThreadFacts; turns: KeptTurn[] }> {
  const [id, ...more] = job.ids;
  if (id === undefined || more.length > 0)
    throw new Failure('input', 'threads: name one conversation; switchboard threads lists them');
  const facts = (await everyThread(job)).find((one) => one.id === id);
  if (facts === undefined)
    throw new Failure('input', `threads: there is no conversation "${id}"; switchboard threads lists them`);
  return { facts, turns: (await job.engine.ledger()).ledger.threads.turns(id) };
}

const asJson = ({ facts, turns }: { facts: ThreadFacts; turns: readonly KeptTurn[] }): string =>
  `${JSON.stringify({ ...facts, turns: turns.map(({ n, at, role, model, content }) => ({ n, at: new Date(at).toISOString(), role, model, content })) })}\n`;

async function listThem(job: Job): Promise<void> {
  const all = await everyThread(job);
  if (job.options.json) return job.io.print(`${JSON.stringify(all)}\n`);
  const lines = all.map(
    ({ id, turns, bytes, usedAt, opening }) =>
      `${id}  ${plural(turns, 'turn')}, ${count(Math.ceil(bytes / 1000))} kB, used ${age(Date.now() - usedAt)} ago: ${opening}`,
  );
  job.io.print(
    `${lines.length === 0 ? 'No conversation is kept: switchboard call --thread new begins one.' : lines.join('\n')}\n`,
  );
}

async function show(job: Job): Promise<void> {
  const named = await threadNamed(job);
  job.io.print(job.options.json ? asJson(named) : `${threadText(named.facts, named.turns)}\n`);
}

async function remove(job: Job): Promise<void> {
  const known = (await everyThread(job)).map(({ id }) => id);
  const ids = job.options.all ? known : job.ids;
  if (ids.length === 0 && !job.options.all) throw new Failure('input', 'threads delete: name the conversations, or add --all');
  const strange = ids.find((id) => !known.includes(id));
  if (strange !== undefined)
    throw new Failure('input', `threads: there is no conversation "${strange}"; switchboard threads lists them`);
  const { ledger } = await job.engine.ledger();
  for (const id of ids) ledger.threads.remove(id);
  job.io.tell(`${plural(ids.length, 'conversation')} deleted`);
}

const ACTIONS: Readonly<Record<string, (job: Job) => Promise<void>>> = {
  list: listThem,
  show,
  // What is shown for people is exported for programs.
  export: (job) => show({ ...job, options: { ...job.options, json: true } }),
  delete: remove,
};

function actionNamed(name: string): (job: Job) => Promise<void> {
  const act = ACTIONS[name];
  if (act !== undefined) return act;
  const names = Object.keys(ACTIONS);
  throw new Failure('input', `threads: there is no "${name}"${didYouMean(name, names)}; it is ${list(names, 'or')}`);
}

/** `switchboard threads`: the conversations that are kept. Returns the exit code. */
export async function threads(io: Io, action: string, ids: readonly string[], options: ThreadsOptions): Promise<number> {
  const work = async (engine: Engine) => {
    await actionNamed(action)({ io, engine, ids, options });
    return EXIT.answered;
  };
  return withEngine(io, options, work, () => actionNamed(action));
}
