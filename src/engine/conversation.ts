import type { Message, Note, Part } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { count, plural } from '../core/text.ts';
import type { KeptTurn, ThreadFacts } from '../ledger/threads.ts';
import { estimateTokens } from '../pricing/estimate.ts';
import type { Room } from './models/room.ts';

/** A part of a conversation and how it is called: `turn 3`, `the summary`. */
export type Earlier = { name: string; message: Message };

/** The part of a conversation that goes along with the next turn, and what the reader should know of it. */
export type Recalled = { earlier: Earlier[]; notes: Note[]; /** Turns that are kept and do not go along. */ left: number };

/** A media part that the next model cannot be given, as words: the conversation goes on without it. */
function readable(content: readonly Part[], { unreadable }: Room, dropped: Set<string>): Part[] {
  return content.map((part) => {
    if (!unreadable.has(part.type)) return part;
    dropped.add(part.type === 'pdf' ? 'PDFs' : 'images');
    return { type: 'text', text: `(${part.type === 'pdf' ? 'a PDF' : 'an image'} stood here)` };
  });
}

const MIB = 1_048_576;

/** The largest conversation that is kept, in bytes: its images count too. */
export const MAX_BYTES = 32 * MIB;

/** The most that all conversations together are kept, in bytes. */
export const MAX_TOTAL_BYTES = 512 * MIB;

/** Tells the reader that other conversations had to go: all of them share their room. */
export function crowdedNotes(conversations: number): Note[] {
  if (conversations === 0) return [];
  const which = conversations === 1 ? 'the conversation' : `the ${count(conversations)} conversations`;
  const why = `all conversations together are kept up to ${MAX_TOTAL_BYTES / MIB} MiB, and the longest unused go first, for good`;
  return [{ param: 'threads', asked: `${which} unused for longest`, sent: null, why }];
}

/** Tells the reader that the oldest turns had to go: a conversation has only so much room. */
export function goneNotes(turns: number): Note[] {
  if (turns === 0) return [];
  const why = `a conversation is kept up to ${MAX_BYTES / MIB} MiB, images included; they are gone for good`;
  return [{ param: 'thread', asked: `the oldest ${plural(turns, 'turn')}`, sent: null, why }];
}

/** The name of what stands for the turns that were summed up. */
export const SUMMARY = 'the summary';
export const turnName = (n: number): string => `turn ${n}`;

const tokensOf = (messages: readonly Message[]): number => estimateTokens({ messages: [...messages] });

/**
 * Returns the turns of a conversation that fit: the latest, from one of the user's on, at most `maxTurns` and `room` tokens of
 * them. The summary of earlier turns stands before them as the user's first words. Pure.
 */
export function recall(
  turns: readonly KeptTurn[],
  { summary, first, last: all }: ThreadFacts,
  room: Room,
  maxTurns: number,
): Recalled {
  const dropped = new Set<string>();
  const beginning: Message[] =
    summary === undefined
      ? []
      : [{ role: 'user', content: [{ type: 'text', text: `Summary of our conversation so far:\n${summary.text}` }] }];
  let tokens = tokensOf(beginning);
  const chosen: (Message & { n: number })[] = [];
  const since = Math.max((summary?.through ?? 0) + 1, first);
  for (const { n, role, content } of turns.filter((turn) => turn.n >= since).toReversed()) {
    const message = { role, content: readable(content, room, dropped) };
    tokens += tokensOf([message]);
    if (chosen.length >= maxTurns || tokens > room.tokens) break;
    chosen.unshift({ ...message, n });
  }
  // A conversation begins with its user: an answer without its question would puzzle any model.
  while (chosen[0]?.role === 'assistant') chosen.shift();
  const last = turns.at(-1)?.n ?? 0;
  const left = last === 0 ? 0 : (chosen[0]?.n ?? last + 1) - since;
  // Turns that were summed up before they went still go along in words.
  const notes = goneNotes(Math.max(0, first - 1 - (summary?.through ?? 0)));
  if (left > 0) {
    const why = `the conversation is longer than fits (${count(all)} turns; threads.max_turns, and the model's window)`;
    notes.push({ param: 'thread', asked: plural(left, 'early turn'), sent: null, why });
  }
  if (dropped.size > 0) {
    const why = 'the model of this turn cannot read them';
    notes.push({ param: 'thread', asked: `${[...dropped].join(' and ')} of earlier turns`, sent: null, why });
  }
  const earlier = [
    ...beginning.map((message) => ({ name: SUMMARY, message })),
    ...chosen.map(({ n, role, content }) => ({ name: turnName(n), message: { role, content } })),
  ];
  return { earlier, notes, left };
}

/** Writes out the beginning of a conversation for the model that sums it up. */
export function transcript(turns: readonly KeptTurn[], before: string | undefined): string {
  const said = turns.map(({ role, content }) => {
    const text = content.map((part) => (part.type === 'text' ? part.text : `(${part.type})`)).join('\n');
    return `${role === 'user' ? 'User' : 'Assistant'}: ${text}`;
  });
  return [...(before === undefined ? [] : [`Summary of what came before:\n${before}`]), ...said].join('\n\n');
}

/** The instructions for the model that sums up. */
export const SUMMARISE =
  'Sum up this conversation for the model that will go on with it: the task, what was decided and why, facts, names, numbers and open questions. Keep what a successor needs, in at most 600 words.';

/** Returns the failure of a call that names a conversation which is not there. `gone`: what became of an earlier ledger. */
export const noThread = (id: string, gone?: string): Failure =>
  new Failure(
    'input',
    `There is no conversation "${id.slice(0, 40)}" (any more): pass thread_id "new" to begin one, or leave it out for a single question${gone === undefined ? '' : `; ${gone}`}`,
  );
