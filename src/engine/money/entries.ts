import type { ModelRef } from '../../core/chat.ts';
import type { Cost } from '../../core/money.ts';
import type { Entry } from '../../ledger/journal.ts';
import { type Ended, type Purpose, spenderFor, type Ticket } from './ticket.ts';

const textOf = ({ quote: { ask } }: Ticket): string =>
  ask.messages.flatMap(({ content }) => content.map((part) => (part.type === 'text' ? part.text : ''))).join('\n');

/** The journal's row of an attempt; `content`: with what was asked and answered. */
export function entryOf(ticket: Ticket, { agent }: Purpose, ended: Ended, cost: Cost, content: boolean): Entry {
  const { attempt, served, usage = ended.failure?.facts.usage, text } = ended;
  return {
    uid: ticket.id,
    at: Date.now(),
    ...ticket.who,
    ...(agent === undefined ? {} : { agent }),
    asked: `${attempt.provider}/${attempt.model}`,
    ...(served === undefined ? {} : { served }),
    ...(attempt.kind === undefined ? {} : { kind: attempt.kind }),
    ...(attempt.status === undefined ? {} : { status: attempt.status }),
    ...(usage === undefined ? {} : { usage }),
    cost,
    ms: attempt.ms,
    ...(attempt.firstByteMs === undefined ? {} : { firstByteMs: attempt.firstByteMs }),
    again: ticket.again,
    ...(content ? { content: { prompt: textOf(ticket), answer: text } } : {}),
  };
}

/** The journal's row of an answer that was kept from before: free, and nobody was asked. */
export function keptEntry(uid: string, target: ModelRef, purpose: Purpose): Entry {
  const { agent } = purpose;
  return {
    uid,
    at: Date.now(),
    ...spenderFor(target, purpose),
    ...(agent === undefined ? {} : { agent }),
    asked: `${target.provider}/${target.model}`,
    cached: true,
    cost: { nanoUsd: 0, from: 'cache' },
    ms: 0,
  };
}
