import type { Ask, Message, Note } from '../core/chat.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { costText } from '../core/money.ts';
import { ID } from '../ledger/ids.ts';
import type { ThreadFacts } from '../ledger/threads.ts';
import { noThread, recall, SUMMARISE, transcript } from './conversation.ts';
import type { Engine } from './engine.ts';
import type { Room } from './room.ts';

export type { KeptTurn, ThreadFacts } from '../ledger/threads.ts';

/** A conversation that the next turn belongs to. */
export type Thread = {
  id: string;
  /** What goes before the next turn. */
  messages: Message[];
  /** The system prompt that it was begun with. */
  system?: string;
  notes: Note[];
  /** Keeps a turn and its answer, both or none. `model`: who answered. Returns what the reader should know. */
  remember: (question: Message, answer: string, model: string) => Promise<Note[]>;
};

/** The text that `thread_id` takes to begin a conversation. */
const NEW = 'new';

/** The largest conversation that is kept, in bytes: its images count too. */
const MAX_BYTES = 32 * 1_048_576;

/** So many of the latest turns are never summed up. */
const KEPT_TURNS = 6;

type Caller = Parameters<Engine['call']>[1];

/** Sums up the beginning of a conversation by the model that the config names for it; undefined: it names none, or it failed. */
async function compacted(engine: Engine, thread: ThreadFacts, caller: Caller): Promise<Note | undefined> {
  const { compactWith } = engine.config.threads;
  if (compactWith === undefined) return undefined;
  const { ledger } = await engine.ledger();
  const turns = ledger.threads.turns(thread.id, (thread.summary?.through ?? 0) + 1);
  const old = turns.slice(0, Math.max(0, turns.length - KEPT_TURNS));
  const last = old.at(-1);
  if (last === undefined) return undefined;
  const ask: Ask = {
    system: SUMMARISE,
    messages: [{ role: 'user', content: [{ type: 'text', text: transcript(old, thread.summary?.text) }] }],
  };
  try {
    const { text, served, cost } = await engine.call({ ask, model: compactWith }, caller);
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

/**
 * Opens a conversation for its next turn: `new` begins one. Throws an `input` failure for one that is not there, or is somebody
 * else's, and a `config` failure when conversations cannot be kept.
 */
export async function openThread(
  engine: Engine,
  threadId: string,
  owner: string,
  system: string | undefined,
  room: Room,
  caller: Caller,
): Promise<Thread> {
  const { ledger, trouble } = await engine.ledger();
  const { keepMs, maxTurns } = engine.config.threads;
  if (trouble !== undefined) throw new Failure('config', `No conversation can be kept: ${trouble}`);
  const id = threadId.trim() === NEW ? ledger.threads.begin(owner, system) : threadId.trim();
  const facts = ID.test(id) ? ledger.threads.read(id, owner) : undefined;
  if (facts === undefined) throw noThread(id);
  const latest = (known: ThreadFacts) => recall(ledger.threads.turns(id, known.last - maxTurns), known, room, maxTurns);
  let recalled = latest(facts);
  const notes: Note[] = [];
  if (recalled.left > 0) {
    const summed = await compacted(engine, facts, caller);
    if (summed !== undefined) notes.push(summed);
    recalled = latest(ledger.threads.read(id, owner) ?? facts);
  }
  const expected = facts.last + 1;
  return {
    id,
    messages: recalled.messages,
    ...(facts.system === undefined ? {} : { system: facts.system }),
    notes: [...notes, ...recalled.notes],
    async remember(question, answer, model) {
      const turns = [
        { role: question.role, content: question.content },
        { role: 'assistant' as const, content: [{ type: 'text' as const, text: answer }], model },
      ];
      try {
        const first = ledger.threads.append(id, owner, turns, { keepMs, maxBytes: MAX_BYTES });
        if (first === expected) return [];
        const why = 'another call wrote to this conversation while this one ran; both are kept, one after the other';
        return [{ param: 'thread', asked: `turn ${expected}`, sent: `turn ${first}`, why }];
      } catch {
        const why = 'the ledger could not be written: ask again to have it in the conversation';
        return [{ param: 'thread', asked: 'this turn', sent: null, why }];
      }
    },
  };
}
