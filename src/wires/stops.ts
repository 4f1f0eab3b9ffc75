import type { Note, Stop } from '../core/chat.ts';
import { clip, oneLine } from '../core/text.ts';
import { str } from './read.ts';
import { StreamFault } from './stream-fault.ts';
import type { Delta } from './wire.ts';

/**
 * The words with which vendors of all wires say why a model stopped, by what they mean. Gateways pass words of one wire on
 * in another, in capitals or not, so one table serves all. The first row that fits counts.
 */
const FAMILIES: readonly { means: Stop | 'broken'; words: RegExp }[] = [
  {
    means: 'end',
    words:
      /^(?:stop|stop_?sequence|stop_token|end|end_?turn|end_of_turn|eos|eos_token|eot|complete|completed|finish|finished|done|success|tool_?calls?|tool_?use|function_?calls?)$/,
  },
  {
    means: 'refused',
    words: /filter|safe|refus|guard|moderat|prohibit|block_?list|blocked|sensitive|violat|policy|recitation|^spii$|armor|censor/,
  },
  {
    means: 'length',
    words: /length|max_?(?:output_?|new_?|completion_?)?tokens?|tokens?_?limit|context_?window|truncat|^incomplete$/,
  },
  // The text that came until then is no answer.
  { means: 'broken', words: /error|abort|cancel|fail|timeout|timed_out|interrupt|insufficient_system_resource/ },
];

/** Words that say that there is no reason yet. */
const NO_REASON: ReadonlySet<string> = new Set(['finish_reason_unspecified', 'null', 'none', 'in_progress']);

const WHY: Readonly<Record<string, string>> = {
  pause_turn: 'the model paused in the middle of a long search, so the answer may not be whole: ask it to go on',
};

const UNKNOWN = 'the provider’s own word for why the model stopped, so the answer may not be whole';

/** The most characters that are shown of a vendor's word. */
const MOST_SHOWN = 60;

/** A vendor's word, fit to be shown in the middle of a sentence of ours. */
export const shownWord = (word: string): string => clip(oneLine(word.slice(0, 2 * MOST_SHOWN)), MOST_SHOWN);

const noteOf = (word: string, name: string): Note => {
  const shown = shownWord(word);
  return { param: 'finish_reason', asked: shown, sent: shown, why: WHY[name] ?? UNKNOWN };
};

/**
 * Says what a vendor's word for the end of an answer amounts to: nothing where it is none yet, a Note beside it where nobody
 * knows the word. Throws `StreamFault` where it means that something of the vendor's broke; `counts` is what was counted by then.
 */
export function endOf(raw: unknown, counts?: Delta['counts']): Pick<Delta, 'stop' | 'notes'> {
  const word = str(raw);
  const name = (word ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (word === undefined || name === '' || NO_REASON.has(name)) return {};
  const means = FAMILIES.find(({ words }) => words.test(name))?.means;
  if (means === undefined) return { stop: 'other', notes: [noteOf(word, name)] };
  if (means === 'broken') throw new StreamFault({ code: name, message: `finish_reason: ${shownWord(word)}` }, counts);
  return { stop: means };
}
