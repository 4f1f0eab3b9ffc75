import type { Note, Usage } from '../../core/chat.ts';
import { type Cost, dollars } from '../../core/money.ts';
import { count, duration } from '../../core/text.ts';
import { type Most, plausible } from '../../pricing/plausible.ts';
import { type Counted, counted, THOUGHT_PER_SECOND } from './counted.ts';
import { type Prices, subjectOf, UNKNOWN_OUTPUT } from './quote.ts';
import type { Ended, Ticket } from './ticket.ts';

/** How a cost is called by who counted its tokens; a vendor's count is no estimate. */
const COUNTED_BY = { vendor: undefined, words: 'estimate', time: 'time' } as const;

/** Calls a cost an estimate where no vendor counted its tokens, unless it costs nothing anyway. */
function marked(cost: Cost, by: Counted['by']): Cost {
  const from = COUNTED_BY[by];
  return from === undefined || cost.nanoUsd === null || cost.from === 'local' ? cost : { nanoUsd: cost.nanoUsd, from };
}

/** The most that an attempt can have used. */
const mostOf = ({ quote: { input, output = UNKNOWN_OUTPUT, answers, range, ask } }: Ticket, { searches = 0 }: Usage): Most => ({
  input: input.most,
  output: output * answers,
  cost: range.high ?? undefined,
  searching: ask.webSearch === true || searches > 0,
});

/** What an attempt cost, what it can have used where its vendor's count cannot be true, and what the reader should know of it. */
export type Priced = { cost: Cost; usage?: Usage; notes: Note[] };

/** Prices an attempt by the model that served it. */
export function priceAttempt(ended: Ended, ticket: Ticket, prices: Prices): Priced {
  const used = counted(ended, ticket);
  if (used === undefined) return { cost: { nanoUsd: 0, from: 'unbilled' }, notes: [] };
  const { usage, notes } = plausible(used.usage, mostOf(ticket, used.usage));
  const { target, at } = ticket.quote;
  const cost = marked(prices.price(usage, subjectOf(target, ended.served, prices), at), used.by);
  const said = [...notes, ...forNothing(cost, usage), ...bySilence(cost, ticket, ended), ...aboveHold(cost, ticket)];
  return { cost, ...(notes.length === 0 ? {} : { usage }), notes: said };
}

/** A bill of nothing is not believed of a model that has a price. */
function forNothing({ nanoUsd }: Cost, { billed }: Usage): Note[] {
  if (billed !== 0 || !nanoUsd) return [];
  const why = 'nothing says that this model is free, so its tokens are priced';
  return [{ param: 'bill', asked: 'of $0', sent: dollars(nanoUsd), why }];
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
