import type { Usage } from '../../core/chat.ts';
import { POLICY } from '../../core/errors.ts';
import { CHARS_PER_TOKEN } from '../../core/tokens.ts';
import type { Quote } from './quote.ts';
import type { Ended } from './ticket.ts';

/** The tokens that an attempt is priced by, and whether they are the vendor's or estimated. */
export type Counted = { usage: Usage; estimated: boolean };

/**
 * The vendor's count; where it says nothing, or a stream broke before it was told, an estimate of what was sent and heard;
 * undefined: nobody billed it. Pure.
 */
export function counted({ usage, failure, text }: Ended, { input }: Quote): Counted | undefined {
  const reported = usage ?? failure?.facts.usage;
  const heard = failure?.facts.heard;
  // What a stream that broke has counted is what it began with (Anthropic's message_start); nothing for a text is a miscount.
  const said = failure === undefined ? Math.sign(text.length) : (heard ?? 0);
  // Nothing for a prompt is a miscount too: there is always one.
  const { input: fresh, cacheRead = 0, cacheWrite = 0 } = reported ?? {};
  const sent = fresh === undefined ? 0 : fresh + cacheRead + cacheWrite;
  const isWhole = sent > 0 && reported?.output !== undefined && reported.output >= said;
  if (reported?.billed !== undefined || (reported !== undefined && isWhole)) return { usage: reported, estimated: false };
  if (failure !== undefined) {
    const { status = 0 } = failure.facts;
    // Whoever answers with an error status, or was never reached, has not run the model.
    const unreached = heard === undefined && failure.kind === 'network';
    if (POLICY[failure.kind].billed === 'no' || status >= 300 || unreached) return undefined;
  }
  const output = Math.max(reported?.output ?? 0, heard ?? Math.ceil(text.length / CHARS_PER_TOKEN.usual));
  return { usage: { ...reported, input: sent > 0 ? (fresh ?? 0) : input.likely, output }, estimated: true };
}
