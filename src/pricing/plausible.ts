import type { Note, Usage } from '../core/chat.ts';
import { dollars, NANO_PER_USD } from '../core/money.ts';
import { count } from '../core/text.ts';

/** The most that an attempt can use and cost, as it was told before the attempt was made. Tokens, nano-dollars. */
export type Most = {
  input: number;
  output: number;
  /** Undefined: no price is known. */
  cost: number | undefined;
  /** It may have read what it found on the web. */
  searching: boolean;
};

/**
 * A count is believed up to ten times the most that a call can use: vendors count in ways of their own, and some count thinking
 * beside the limit.
 */
const TIMES = 10;

/**
 * Tokens that may come to a prompt: as many as the largest window holds, because nobody knows what a vendor puts before it; and
 * what a model reads that searches, where research with hundreds of pages takes a few million.
 */
const ADDED = { alone: 2_000_000, searching: 10_000_000 };

/** A bill below this is believed however little was asked for: a request may have a fee, and research has many. Nano-dollars. */
const SMALL_BILL = { alone: 20 * NANO_PER_USD, searching: 100 * NANO_PER_USD };

const TOO_MUCH = `it is over ${TIMES} times the most that this call can use, so the most counts`;

type Judged = { usage: Usage; notes: Note[] };

function plausibleInput({ usage, notes }: Judged, { input: most, searching }: Most): Judged {
  const { input, cacheRead = 0, cacheWrite = 0 } = usage;
  const told = (input ?? 0) + cacheRead + cacheWrite;
  if (told <= TIMES * most + ADDED[searching ? 'searching' : 'alone']) return { usage, notes };
  const { cacheRead: _read, cacheWrite: _write, cacheWriteHour: _hour, ...rest } = usage;
  const note = { param: 'usage', asked: `of ${count(told)} tokens in`, sent: count(most), why: TOO_MUCH };
  return { usage: { ...rest, input: most }, notes: [...notes, note] };
}

function plausibleOutput({ usage, notes }: Judged, { output: most }: Most): Judged {
  const { output = 0, thinking } = usage;
  if (output <= TIMES * most) return { usage, notes };
  const note = { param: 'usage', asked: `of ${count(output)} tokens out`, sent: count(most), why: TOO_MUCH };
  const thought = thinking === undefined ? {} : { thinking: Math.min(thinking, most) };
  return { usage: { ...usage, output: most, ...thought }, notes: [...notes, note] };
}

function plausibleBill({ usage, notes }: Judged, { cost = 0, searching }: Most): Judged {
  const { billed = 0, ...rest } = usage;
  if (billed <= Math.max(TIMES * cost, SMALL_BILL[searching ? 'searching' : 'alone'])) return { usage, notes };
  const why = `it is over ${TIMES} times the most that this call can cost, so its tokens are priced instead`;
  return { usage: rest, notes: [...notes, { param: 'bill', asked: `of ${dollars(billed)}`, sent: null, why }] };
}

/** What of a vendor's count and bill can be true, and a note for each number that cannot. Pure. */
export const plausible = (usage: Usage, most: Most): Judged =>
  plausibleBill(plausibleOutput(plausibleInput({ usage, notes: [] }, most), most), most);
