import type { Note, Source, Stop, Usage } from '../core/chat.ts';
import { withoutCitationMarks } from './citations.ts';
import { type Counts, joinCounts } from './counts.ts';
import { type Split, splitThinking } from './marks.ts';
import type { Delta } from './wire.ts';

/** A piece of text, the message that it belongs to, and whether a blank line sets it off from what came before. */
type Piece = { text: string; message: string; apart: boolean };

/** The part of an answer that has arrived so far. */
export type Reading = {
  add: (delta: Delta) => void;
  /** Tells whether a piece of text has come that repeats nothing. */
  hasText: () => boolean;
  /** Tells whether the vendor has said its last word, so that nothing more is waited for. */
  isDone: () => boolean;
  /** Says why the model stopped; undefined: it has not, as far as is known. */
  stop: () => Stop | undefined;
  /** The text and the thinking, each read for what it is. */
  said: () => Split;
  usage: () => Usage;
  facts: () => { sources: readonly Source[]; notes: readonly Note[]; others: readonly string[]; model?: string };
};

/** Texts with a blank line wherever one piece is set off from the one before. */
function joined(pieces: readonly Piece[]): string {
  const parts: string[][] = [];
  for (const { text, apart } of pieces) {
    if (apart || parts.length === 0) parts.push([text]);
    else parts.at(-1)?.push(text);
  }
  const texts = parts.map((part) => part.join('')).filter((text) => text.trim() !== '');
  return texts
    .map((text, nth) => (nth === 0 ? text : text.replace(/^\s*\n/, '')))
    .map((text, nth) => (nth === texts.length - 1 ? text : text.trimEnd()))
    .join('\n\n');
}

/** The pieces in their order, those of one message together as they come. */
function createPieces() {
  const pieces: Piece[] = [];
  const repeated = new Map<string, Piece>();
  let gap = false;
  return {
    gap: () => {
      gap = true;
    },
    push(text: string, message = ''): void {
      const last = pieces.at(-1);
      pieces.push({ text, message, apart: last !== undefined && (gap || last.message !== message) });
      gap = false;
    },
    repeat(text: string, message = ''): void {
      // The same text may be repeated once with its message and once with the whole answer.
      if ([...repeated.values()].some((piece) => piece.text === text && piece.message !== message)) return;
      repeated.set(message, { text, message, apart: true });
    },
    hasText: () => pieces.length > 0,
    all: (): Piece[] => (pieces.length > 0 ? pieces : [...repeated.values()]),
  };
}

/** Reads the pieces of an answer. `usageOf` reads what the vendor counted. */
export function createReading(usageOf: (counts: Counts) => Usage): Reading {
  const pieces = createPieces();
  const [thoughts, thoughtsAgain]: [string[], string[]] = [[], []];
  const phases = new Map<string, Delta['phase']>();
  const [sources, notes, others]: [Source[], Note[], string[]] = [[], [], []];
  let counts: Counts | undefined;
  let searches: number | undefined;
  let stop: Stop | undefined;
  let end: Delta['end'];
  let refused = false;
  let model: string | undefined;

  function hear({ text, thinking, message, repeats }: Delta): void {
    if (repeats) {
      if (thinking) thoughtsAgain.push(thinking);
      if (text) pieces.repeat(text, message);
      return;
    }
    if (thinking) {
      thoughts.push(thinking);
      pieces.gap();
    }
    if (!text) return;
    pieces.push(text, message);
    // More text: what looked like the end was none.
    end = undefined;
  }

  return {
    add(delta) {
      hear(delta);
      if (delta.gap) pieces.gap();
      if (delta.phase) phases.set(delta.message ?? '', delta.phase);
      sources.push(...(delta.sources ?? []));
      notes.push(...(delta.notes ?? []));
      if (delta.other) others.push(delta.other);
      if (delta.counts) counts = joinCounts(counts ?? {}, delta.counts);
      searches = delta.searches ?? searches;
      stop = delta.stop ?? stop;
      end = delta.end ?? end;
      refused ||= delta.refused ?? false;
      model = delta.model ?? model;
    },
    hasText: pieces.hasText,
    isDone: () => end === 'done',
    stop() {
      const why = stop ?? (end === undefined ? undefined : 'end');
      return refused && why !== undefined ? 'refused' : why;
    },
    said() {
      const all = pieces.all();
      const isFinal = ({ message }: Piece) => phases.get(message) === 'final';
      // Text on the way to an answer is no part of it, where there is one.
      const hasFinal = all.some(isFinal);
      const onTheWay = hasFinal ? joined(all.filter((piece) => !isFinal(piece))) : '';
      const heard = (pieces.hasText() || thoughts.length > 0 ? thoughts : thoughtsAgain).join('');
      const { text, thinking } = splitThinking(joined(hasFinal ? all.filter(isFinal) : all), heard !== '');
      const parts = [heard, onTheWay, thinking].filter((part) => part !== '');
      return { text: withoutCitationMarks(text), thinking: parts.join('\n\n') };
    },
    usage: () => ({ ...(counts === undefined ? {} : usageOf(counts)), ...(searches === undefined ? {} : { searches }) }),
    facts: () => ({ sources, notes, others, ...(model === undefined ? {} : { model }) }),
  };
}
