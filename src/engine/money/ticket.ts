import type { Budget, Spender } from '../../core/budget.ts';
import type { Attempt, ModelRef, Usage } from '../../core/chat.ts';
import type { Failure } from '../../core/errors.ts';
import type { Quote } from './quote.ts';

/** Who a call is made for, as reports and budgets tell it apart; and the ceilings of this call alone. */
export type Purpose = Omit<Spender, 'provider' | 'model'> & { agent?: string; owner?: string; ceilings: readonly Budget[] };

/**
 * An attempt that may be made: what it may cost, and the hold on the money for it, in nano-dollars; 0 where its price is 0 or not
 * known; absent: nothing is held, because no budget blocks or its user declared it free.
 */
export type Ticket = {
  id: string;
  who: Spender;
  quote: Quote;
  held?: number;
  /** The same call has tried this model before. */
  again: boolean;
};

/** How an attempt went. `text` and `thinking`: what was said, or had been when it failed. */
export type Ended = { attempt: Attempt; served?: string; usage?: Usage; text: string; thinking?: string; failure?: Failure };

export const spenderFor = ({ provider, model }: ModelRef, { tool, project, session, call }: Purpose): Spender => ({
  provider,
  model,
  tool,
  project,
  session,
  call,
});
