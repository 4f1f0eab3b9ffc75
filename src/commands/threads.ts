import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { ownEntry } from '../core/own-entry.ts';
import { age, count, list, oneLine, plural } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { type KeptTurn, type ThreadFacts, type Threads, withThreads } from '../engine/memory.ts';
import { threadText } from '../tools/render/thread.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { withEngine } from './with-engine.ts';

export type ThreadsOptions = EngineOptions & { all?: boolean; json?: boolean };

type Job = { io: Io; engine: Engine; ids: readonly string[]; options: ThreadsOptions };

const EVERY = 1_000_000;

/** The machine's own user sees everybody's conversations: the file is his. */
const keptThreads = <T>({ engine }: Job, work: (kept: Threads) => T): Promise<T> =>
  withThreads(engine, 'No conversation can be read', (kept) => {
    kept.sweep(engine.config.threads.keepMs);
    return work(kept);
  });

const stranger = (id: string): Failure =>
  new Failure('input', `threads: there is no conversation "${id}"; switchboard threads lists them`);

async function threadNamed(job: Job): Promise<{ facts: ThreadFacts; turns: KeptTurn[] }> {
  const [id, ...more] = job.ids;
  if (id === undefined || more.length > 0)
    throw new Failure('input', 'threads: name one conversation; switchboard threads lists them');
  return keptThreads(job, (kept) => {
    const facts = kept.read(id, undefined);
    if (facts === undefined) throw stranger(id);
    return { facts, turns: kept.turns(id) };
  });
}

const asJson = ({ facts, turns }: { facts: ThreadFacts; turns: readonly KeptTurn[] }): string =>
  `${JSON.stringify({ ...facts, turns: turns.map(({ n, at, role, model, content }) => ({ n, at: new Date(at).toISOString(), role, model, content })) })}\n`;

async function listThem(job: Job): Promise<void> {
  const all = await keptThreads(job, (kept) => kept.list(undefined, EVERY));
  if (job.options.json) return job.io.print(`${JSON.stringify(all)}\n`);
  const lines = all.map(
    ({ id, turns, bytes, usedAt, opening }) =>
      `${id}  ${plural(turns, 'turn')}, ${count(Math.ceil(bytes / 1000))} kB, used ${age(Date.now() - usedAt)} ago: ${oneLine(opening)}`,
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
  if (job.ids.length === 0 && !job.options.all)
    throw new Failure('input', 'threads delete: name the conversations, or add --all');
  const removed = await keptThreads(job, (kept) => {
    const ids = job.options.all ? kept.list(undefined, EVERY).map(({ id }) => id) : job.ids;
    const strange = ids.find((id) => kept.read(id, undefined) === undefined);
    if (strange !== undefined) throw stranger(strange);
    return ids.filter((id) => kept.remove(id));
  });
  job.io.tell(`${plural(removed.length, 'conversation')} deleted`);
}

type Action = (job: Job) => Promise<void>;

const ACTIONS: Readonly<Record<string, Action>> = {
  list: listThem,
  show,
  // What is shown for people is exported for programs.
  export: (job) => show({ ...job, options: { ...job.options, json: true } }),
  delete: remove,
};

function actionNamed(name: string): Action {
  const act = ownEntry(ACTIONS, name);
  if (act !== undefined) return act;
  const names = Object.keys(ACTIONS);
  throw new Failure('input', `threads: there is no "${name}"${didYouMean(name, names)}; it is ${list(names, 'or')}`);
}

/** `switchboard threads`: the conversations that are kept. Returns the exit code. */
export async function threads(io: Io, action: string, ids: readonly string[], options: ThreadsOptions): Promise<number> {
  return withEngine(
    io,
    options,
    () => actionNamed(action),
    async (engine, act) => {
      await act({ io, engine, ids, options });
      return EXIT.answered;
    },
  );
}
