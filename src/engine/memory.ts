import { type Ask, type Message, type Note, type Part, refText } from '../core/chat.ts';
import { failureIn } from '../core/errors.ts';
import { ID } from '../core/ids.ts';
import { costText } from '../core/money.ts';
import type { ThreadFacts, Threads } from '../ledger/threads.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import {
  crowdedNotes,
  type Earlier,
  goneNotes,
  MAX_BYTES,
  MAX_TOTAL_BYTES,
  noThread,
  recall,
  SUMMARISE,
  SUMMARY,
  transcript,
  turnName,
} from './conversation.ts';
import type { Engine } from './engine.ts';
import type { Target } from './models/resolving.ts';
import type { Room } from './models/room.ts';
import { withLedger } from './money/books.ts';

export type { KeptTurn, ThreadFacts, Threads } from '../ledger/threads.ts';

/** Who answered, as `provider/model`: by the vendor's own name for it, and as it was asked for; and as which agent. */
type Answerer = { model: string; asked: string; agent?: string };
export type { Earlier } from './conversation.ts';

/** What may be sent of a text that was kept: looked through for secrets. `name`: what it is called where one was found. */
export type Clean = (name: string, text: string) => Promise<string>;

/** A conversation that the next turn belongs to. */
export type Thread = {
  id: string;
  /** What goes before the next turn. */
  earlier: Earlier[];
  /** The system prompt that goes along: the call's own, else the one that it was begun with. */
  system?: string;
  notes: Note[];
  /** Keeps a turn and its answer, both or none. Returns what the reader should know. */
  remember: (question: Message, answer: string, by: Answerer) => Promise<Note[]>;
};

/** The text that `thread_id` takes to begin a conversation. */
const NEW = 'new';

/** So many of the latest turns are never summed up. */
const KEPT_TURNS = 6;

type Appended = ReturnType<Threads['append']>;

type Caller = Parameters<Engine['call']>[1];

async function cleaned(name: string, content: readonly Part[], clean: Clean): Promise<Part[]> {
  const parts: Part[] = [];
  for (const part of content) parts.push(part.type === 'text' ? { type: 'text', text: await clean(name, part.text) } : part);
  return parts;
}

/** Sums up the beginning of a conversation by the model that the config names for it; undefined: it names none, or it failed. */
async function compacted(
  engine: Engine,
  thread: ThreadFacts,
  { clean, timeoutMs, maxCostUsd }: Pick<Opening, 'clean' | 'timeoutMs' | 'maxCostUsd'>,
  caller: Caller,
): Promise<Note | undefined> {
  const { compactWith } = engine.config.threads;
  if (compactWith === undefined) return undefined;
  const { ledger } = await engine.ledger();
  const turns = ledger.threads.turns(thread.id, (thread.summary?.through ?? 0) + 1);
  const old = turns.slice(0, Math.max(0, turns.length - KEPT_TURNS));
  const last = old.at(-1);
  if (last === undefined) return undefined;
  const said = [];
  for (const turn of old) said.push({ ...turn, content: await cleaned(turnName(turn.n), turn.content, clean) });
  const before = thread.summary && (await clean(SUMMARY, thread.summary.text));
  const ask: Ask = {
    system: SUMMARISE,
    messages: [{ role: 'user', content: [{ type: 'text', text: transcript(said, before) }] }],
  };
  try {
    const { text, served, cost } = await engine.call({ ask, model: compactWith, timeoutMs, maxCostUsd }, caller);
    ledger.threads.summarise(thread.id, text.trim(), last.n);
    const why = `summed up by ${served.provider}/${served.model}, ${costText(cost)} (threads.compact_with)`;
    return { param: 'thread', asked: `turns up to ${last.n}`, sent: 'a summary', why };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined || failure.kind === 'cancelled') throw error;
    return {
      param: 'thread',
      asked: 'a summary of early turns',
      sent: null,
      why: `threads.compact_with failed: ${failure.message}`,
    };
  }
}

/** What was not used for too long is let go of before it is read; a file that is busy lets go of it the next time. */
function sweep(threads: Threads, keepMs: number): void {
  try {
    threads.sweep(keepMs);
  } catch {
    // Nothing depends on it.
  }
}

/** What the reader is told when the turn was kept at another place than the one it was meant for. */
function moved(expected: number, { first }: Appended): Note[] {
  if (first === expected) return [];
  const why =
    first > expected
      ? 'another call wrote to this conversation while this one ran; both are kept, one after the other'
      : 'this conversation was deleted while this call ran; it begins anew with this turn';
  return [{ param: 'thread', asked: `turn ${expected}`, sent: `turn ${first}`, why }];
}

/**
 * Reads or changes conversations. `what`: what cannot be done where the ledger cannot be used, as the beginning of a sentence;
 * that is a `config` failure.
 */
export const withThreads = <T>(engine: Engine, what: string, work: (kept: Threads) => T): Promise<T> =>
  withLedger(engine.ledger, what, ({ threads }) => work(threads));

/** Which conversation is meant, and what of it can go along. */
type Opening = {
  /** `new` begins one. */
  threadId: string;
  owner: string;
  /** The system prompt of the call. */
  system: string | undefined;
  room: Room;
  /** Asked of everything that goes along: what was kept may have been written by a model, or before a rule was known. */
  clean: Clean;
  /** Only looked at: nobody is asked to sum it up. */
  dry: boolean;
  /** As long as summing up may take, in milliseconds; absent: as long as any call. */
  timeoutMs?: number;
  /** The ceiling of the call that summing up is a part of, in dollars. */
  maxCostUsd?: number | undefined;
};

const UNKEPT = 'No conversation can be kept';

/**
 * Opens a conversation for its next turn. Throws an `input` failure for one that is not there, or is somebody else's, and a
 * `config` failure when conversations cannot be kept.
 */
export async function openThread(engine: Engine, opening: Opening, caller: Caller): Promise<Thread> {
  const { threadId, owner, system, room, clean, dry } = opening;
  const { keepMs, maxTurns } = engine.config.threads;
  const using = <T>(work: (kept: Threads) => T) => withThreads(engine, UNKEPT, work);
  const id = threadId.trim();
  const facts = await using((kept) => {
    sweep(kept, keepMs);
    if (id === NEW) return kept.begin(system);
    return ID.test(id) ? kept.read(id, owner) : undefined;
  });
  if (facts === undefined) throw noThread(id, (await engine.ledger()).gone);
  const own = system ?? facts.system;
  // The call's own system prompt has its place already.
  const taken = system === undefined && own !== undefined ? estimateTokens({ system: own, messages: [] }) : 0;
  const left = { ...room, tokens: Math.max(0, room.tokens - taken) };
  const latest = () =>
    using((kept) => {
      const known = kept.read(facts.id, owner) ?? facts;
      return recall(kept.turns(known.id, known.last - maxTurns), known, left, maxTurns);
    });
  let recalled = await latest();
  const notes: Note[] = [];
  if (recalled.left > 0 && !dry) {
    const summed = await compacted(engine, facts, opening, caller);
    if (summed !== undefined) notes.push(summed);
    recalled = await latest();
  }
  const earlier: Earlier[] = [];
  for (const { name, message } of recalled.earlier)
    earlier.push({ name, message: { ...message, content: await cleaned(name, message.content, clean) } });
  // A system prompt of the call was looked through with the call.
  const begunWith = system ?? (facts.system === undefined ? undefined : await clean('system of the conversation', facts.system));
  return {
    id: facts.id,
    earlier,
    ...(begunWith === undefined ? {} : { system: begunWith }),
    notes: [...notes, ...recalled.notes],
    async remember(question, answer, by) {
      const turns = [
        { role: question.role, content: question.content },
        { role: 'assistant' as const, content: [{ type: 'text' as const, text: answer }], ...by },
      ];
      try {
        const { ledger } = await engine.ledger();
        const limits = { keepMs, maxBytes: MAX_BYTES, maxTotalBytes: MAX_TOTAL_BYTES };
        const appended = ledger.threads.append(facts, owner, turns, limits);
        return [...moved(facts.last + 1, appended), ...goneNotes(appended.dropped), ...crowdedNotes(appended.crowdedOut)];
      } catch {
        const why = 'the ledger could not be written: ask again to have it in the conversation';
        return [{ param: 'thread', asked: 'this turn', sent: null, why }];
      }
    },
  };
}

/** Why a conversation goes on with the model that it goes on with, where the call names none. */
export const LAST_MODEL = 'the conversation’s last model';

/**
 * The model that answered last in a conversation, or the agent that it was: it goes on there where nobody names another, so that
 * what was said to one vendor is not sent to another that nobody chose. Undefined for a new one, and where that model means
 * nothing here any more.
 */
export async function lastModel(engine: Engine, threadId: string, owner: string): Promise<string | undefined> {
  const id = threadId.trim();
  const turn = await withThreads(engine, UNKEPT, (kept) => {
    const facts = ID.test(id) ? kept.read(id, owner) : undefined;
    return facts && kept.turns(id, facts.last - 1).findLast(({ model }) => model !== undefined);
  });
  const named = turn?.asked ?? turn?.model;
  if (named === undefined) return undefined;
  const meaning = (name: string): Promise<Target | undefined> => engine.resolve(name).catch(() => undefined);
  const agent = turn?.agent === undefined ? undefined : await meaning(turn.agent);
  // An agent that is another's by now, or another model, is not the one that answered.
  if (agent?.agent?.name === turn?.agent && agent !== undefined && refText(agent) === named) return turn?.agent;
  return (await meaning(named)) === undefined ? undefined : named;
}
