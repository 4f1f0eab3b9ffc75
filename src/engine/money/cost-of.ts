import type { Note } from '../../core/chat.ts';
import { type Cost, dollars } from '../../core/money.ts';
import { count, duration } from '../../core/text.ts';
import { counted, THOUGHT_PER_SECOND } from './counted.ts';
import { type Prices, subjectOf } from './quote.ts';
import type { Ended, Ticket } from './ticket.ts';

/** How a cost is called by who counted its tokens. */
const COUNTED_BY = { words: 'estimate', time: 'time' } as const;

/** What an attempt cost, by the model that served it. */
export function costOf(ended: Ended, ticket: Ticket, prices: Prices): Cost {
  const used = counted(ended, ticket);
  if (used === undefined) return { nanoUsd: 0, from: 'unbilled' };
  const { target, at } = ticket.quote;
  const cost = prices.price(used.usage, subjectOf(target, ended.served, prices), at);
  if (used.by === 'vendor' || cost.nanoUsd === null || cost.from === 'local') return cost;
  return { nanoUsd: cost.nanoUsd, from: COUNTED_BY[used.by] };
}

/** An attempt that ended in silence: its cost is a guess, and the reader should know by which rule. */
function bySilence(cost: Cost, { held }: Ticket, { failure }: Ended): Note[] {
  if (cost.nanoUsd === null || cost.from !== 'time') return [];
  const silence = `of ${duration(failure?.facts.silentMs ?? 0)} of silence`;
  const rate = held === undefined ? THOUGHT_PER_SECOND.likely : THOUGHT_PER_SECOND.most;
  const bound = held === undefined ? '' : ', up to what was held';
  const why = `the model may have thought meanwhile (${count(rate)} tokens a second assumed${bound})`;
  return [{ param: 'cost', asked: silence, sent: dollars(cost.nanoUsd), why }];
}

/** A bill above its hold is the vendor's doing: said, and counted. */
function aboveHold({ nanoUsd }: Cost, { held, quote: { range } }: Ticket): Note[] {
  if (nanoUsd === null || held === undefined || nanoUsd <= held) return [];
  const sent = dollars(nanoUsd);
  if (range.high === null)
    return [{ param: 'cost', asked: 'that nobody knew', sent, why: 'the vendor billed it; it counts against the budget' }];
  const why = 'the vendor billed more than the worst case that was held; it counts against the budget';
  return [{ param: 'cost', asked: `of ${dollars(held)} at most`, sent, why }];
}

/** What the reader should know of a cost. */
export const costNotes = (cost: Cost, ticket: Ticket, ended: Ended): Note[] => [
  ...bySilence(cost, ticket, ended),
  ...aboveHold(cost, ticket),
];
