import { cutAfter, drip, endAfter, splitInCharacter, stallAfter } from '../support/delivery.ts';
import type { Delivery, Step } from '../support/delivery.ts';
import type { Content } from '../support/reply.ts';
import { answer, failureMidStream, malformed, saying } from '../support/reply.ts';
import type { Script, Trouble } from '../support/script.ts';
import type { Fault } from './fault.ts';

/** Text enough for the middle of the stream to lie in it. */
const LONG: Partial<Script> = {
  text: ['One, ', 'two, ', 'three, ', 'four, ', 'five, ', 'six, ', 'seven, ', 'eight, ', 'nine, ', 'ten.'],
};

/** Whole events up to the middle of the text, and then something else. */
const halfOfTheEvents =
  (then: Step): Delivery =>
  ({ pieces }) => {
    const all = [...pieces];
    return ['head', ...all.slice(0, all.length >> 1), then];
  };

const errorFirst =
  (trouble: Trouble): Content =>
  (dialect, request) =>
    saying(dialect.troubleEvent(trouble))(dialect, request);

const SHORT = { firstByteMs: 5000, idleMs: 60 };

/** Faults of a stream that began well. */
export const streamFaults: readonly Fault[] = [
  { name: 'cut before the first event', content: answer(LONG), deliver: cutAfter(0), ends: 'network' },
  { name: 'cut within the first event', content: answer(LONG), deliver: cutAfter(20), ends: 'network' },
  { name: 'cut within an event', content: answer(LONG), deliver: cutAfter('half'), ends: 'network' },
  { name: 'cut after text', content: answer(LONG), deliver: halfOfTheEvents('cut'), ends: 'network' },
  { name: 'ended before the first event', content: answer(LONG), deliver: endAfter(0), ends: 'upstream' },
  { name: 'ended within an event', content: answer(LONG), deliver: endAfter('half'), ends: 'upstream' },
  { name: 'ended without a finish', content: answer(LONG), deliver: halfOfTheEvents('end'), ends: 'upstream' },
  { name: 'an event that is not JSON', content: malformed(LONG), ends: 'upstream' },
  { name: 'an error event (429) first', content: errorFirst({ status: 429 }), ends: 'rate_limited' },
  { name: 'an error event (500) first', content: errorFirst({ status: 500 }), ends: 'upstream' },
  { name: 'an error event (429) after text', content: failureMidStream({ status: 429 }, LONG), ends: 'rate_limited' },
  { name: 'an error event (500) after text', content: failureMidStream({ status: 500 }, LONG), ends: 'upstream' },
  { name: 'stalled before text', content: answer(LONG), deliver: stallAfter(0), patience: { firstByteMs: 60 }, ends: 'timeout' },
  // The text that had arrived is an answer that was paid for: where nobody stands in, it is returned and marked.
  {
    name: 'stalled within an event',
    content: answer(LONG),
    deliver: stallAfter('half'),
    patience: SHORT,
    ends: 'timeout',
    alone: 'answer',
  },
  {
    name: 'stalled after text',
    content: answer(LONG),
    deliver: halfOfTheEvents('stall'),
    patience: SHORT,
    ends: 'timeout',
    alone: 'answer',
  },
  { name: 'dripping below the idle limit', content: answer(LONG), deliver: drip(5), patience: { idleMs: 2000 }, ends: 'answer' },
  { name: 'dripping over the idle limit', content: answer(LONG), deliver: drip(400), patience: SHORT, ends: 'timeout' },
  {
    name: 'split within a character',
    content: answer({ text: ['Grüße ', 'aus 東京 🌸'] }),
    deliver: splitInCharacter,
    ends: 'answer',
  },
];
