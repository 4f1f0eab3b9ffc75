import type { Usage } from '../../core/chat.ts';
import { type Failure, POLICY } from '../../core/errors.ts';
import { tokensOf } from '../../core/tokens.ts';
import type { Ended, Ticket } from './ticket.ts';

/**
 * The tokens that an attempt is priced by, and who counted them: the vendor, we by the words that came, or we by the time in
 * which none came.
 */
export type Counted = { usage: Usage; by: 'vendor' | 'words' | 'time' };

/**
 * Tokens that a model may think in a second of silence: what most models do, and what the fastest hosts do (Cerebras writes
 * about 3,000). Where money is held for an attempt, the latter counts: a budget promises the most, and never more than was held.
 */
export const THOUGHT_PER_SECOND = { likely: 100, most: 3000 };

/** A connection that closes sooner than this has not been thought over. Milliseconds. */
const THOUGHTLESS_MS = 1000;

/** Statuses with which somebody in between says that he waited in vain: the model behind may have run all the time. */
const WAITED_IN_VAIN: ReadonlySet<number> = new Set([408, 504, 524]);

/** Whether a failure says by itself that no model has run. */
function isUnbilled({ kind, facts }: Failure): boolean {
  const { status = 0, heard, unreached, silentMs = 0 } = facts;
  const isThoughtless = silentMs < THOUGHTLESS_MS;
  if (WAITED_IN_VAIN.has(status)) return isThoughtless;
  // Whoever answers with an error status has not run the model.
  if (POLICY[kind].billed === 'no' || status >= 300) return true;
  return kind === 'network' && heard === undefined && (unreached === true || isThoughtless);
}

/** How much of a vendor's count can be believed: its input, unless that is nothing, and whether it is the whole count. */
function judge({ input, cacheRead = 0, cacheWrite = 0, output, billed }: Usage, said: number) {
  const sent = input === undefined ? 0 : input + cacheRead + cacheWrite;
  // Nothing for a prompt is a miscount: there is always one. So is less for an answer than was heard of it.
  return {
    input: sent > 0 ? (input ?? 0) : undefined,
    isWhole: billed !== undefined || (sent > 0 && output !== undefined && output >= said),
  };
}

/** Estimates what was used by what came, and by the time in which nothing came. Pure. */
function estimated(reported: Usage, said: number, silentMs: number, { quote, held }: Pick<Ticket, 'quote' | 'held'>): Counted {
  const degree = held === undefined ? 'likely' : 'most';
  const thought = Math.ceil((silentMs / 1000) * THOUGHT_PER_SECOND[degree]);
  // Of several answers one is read, and all are billed.
  const spoken = Math.max(reported.output ?? 0, said * quote.answers);
  // No answer is longer than its limit, however long it was waited for.
  const limit = (quote.output ?? Infinity) * quote.answers;
  const output = Math.max(spoken, Math.min(limit, spoken + thought));
  const { input } = judge(reported, said);
  if (output === spoken) return { usage: { ...reported, input: input ?? quote.input.likely, output }, by: 'words' };
  const searches = reported.searches ?? (held === undefined ? 0 : quote.input.searches);
  const usage = { ...reported, input: input ?? quote.input[degree], output, ...(searches > 0 ? { searches } : {}) };
  return { usage, by: 'time' };
}

/**
 * The vendor's count; where it says nothing, or a stream broke before it was told, an estimate of what was sent, heard and may
 * have been thought; undefined: nobody billed it. Pure.
 */
export function counted(ended: Ended, ticket: Pick<Ticket, 'quote' | 'held'>): Counted | undefined {
  const { failure, text, thinking = '' } = ended;
  const reported = ended.usage ?? failure?.facts.usage ?? {};
  if (failure === undefined) {
    const { isWhole } = judge(reported, Math.sign(text.length));
    return isWhole ? { usage: reported, by: 'vendor' } : estimated(reported, tokensOf(thinking + text).likely, 0, ticket);
  }
  const { heard = 0, silentMs = 0 } = failure.facts;
  if (reported.billed !== undefined) return { usage: reported, by: 'vendor' };
  if (judge(reported, heard).isWhole && silentMs === 0) return { usage: reported, by: 'vendor' };
  return isUnbilled(failure) ? undefined : estimated(reported, heard, silentMs, ticket);
}
