import pLimit from 'p-limit';
import type { Config } from '../config/config.ts';
import type { Answer, Ask, ModelRef } from '../core/chat.ts';
import { refText } from '../core/chat.ts';
import type { Failure } from '../core/errors.ts';
import { settled, type Settled } from '../core/settled.ts';
import type { Purpose, Ticket } from './money/ticket.ts';
import type { Till } from './money/till.ts';
import type { Planned } from './plan/plan.ts';
import { type CallRequest, GRACE_MS, limitOf, type Prepared, type RunContext } from './request.ts';
import { type Screen, screened } from './screen.ts';

/** How many calls of one comparison run at the same time. */
const FAN_OUT = 8;

/** One of several calls: what it asks for, in words, and its plan or why there is none. */
export type Member = { request: CallRequest; target: string; prepared: Settled<Prepared> };

export type Outcome = { target: string; answer: Answer } | { target: string; failure: Failure };

/** A hold that the first attempt at its model may take, once. */
function once(ticket: Ticket | undefined): { take: (target: ModelRef) => Ticket | undefined; left: () => Ticket | undefined } {
  let left = ticket;
  return {
    take(target) {
      if (left === undefined || refText(left.quote.target) !== refText(target)) return undefined;
      const taken = left;
      left = undefined;
      return taken;
    },
    left: () => left,
  };
}

/** What several calls have around them. */
type Around = {
  config: Config;
  till: Till;
  screen: Screen;
  isKept: (first: Planned, ask: Ask, purpose: Purpose) => Promise<boolean>;
};

/** A first attempt for which money is to be held. */
type First = { request: CallRequest; target: Planned; ask: Ask };

/** The first attempts of several calls that cost money. Who cannot be asked is left out: it learns why when it is its turn. */
async function firstsToHold(members: readonly Member[], purpose: Purpose, { till, screen, isKept }: Around): Promise<First[]> {
  const firsts: First[] = [];
  for (const { request, prepared } of till.binds(purpose) ? members : []) {
    const target = 'value' in prepared ? prepared.value.plan.tries[0] : undefined;
    if (target === undefined) continue;
    const seen = await settled(screened(target, request.ask, screen));
    if ('failure' in seen) continue;
    const { ask } = seen.value;
    // What is answered from before costs nothing.
    const kept = await settled(isKept(target, ask, purpose));
    if ('value' in kept && !kept.value) firsts.push({ request, target, ask });
  }
  return firsts;
}

/** What several calls at once would be refused with now; undefined: they would not. */
export async function refusalOf(members: readonly Member[], purpose: Purpose, around: Around): Promise<Failure | undefined> {
  const firsts = await firstsToHold(members, purpose, around);
  return around.till.refusal(firsts, purpose);
}

/**
 * Several calls at once. The money for all of their first attempts is held before one of them starts, or none starts: throws
 * a `budget` failure then. Outcomes come in the order asked, and one failure leaves the others alone.
 */
export async function together(
  members: readonly Member[],
  purpose: Purpose,
  around: Around,
  run: (request: CallRequest, prepared: Prepared, ticket: RunContext['ticket']) => Promise<Answer>,
): Promise<Outcome[]> {
  const { config, till } = around;
  const firsts = await firstsToHold(members, purpose, around);
  const longestMs = Math.max(0, ...members.map(({ request }) => limitOf(request, config)));
  const tickets = await till.hold(firsts, purpose, Date.now() + longestMs + GRACE_MS);
  const holds = new Map(firsts.map(({ request }, at) => [request, once(tickets[at])]));
  const limit = pLimit(FAN_OUT);
  try {
    return await Promise.all(
      members.map(({ request, target, prepared }) =>
        limit(async (): Promise<Outcome> => {
          if ('failure' in prepared) return { target, failure: prepared.failure };
          const outcome = await settled(run(request, prepared.value, holds.get(request)?.take));
          return 'value' in outcome ? { target, answer: outcome.value } : { target, failure: outcome.failure };
        }),
      ),
    );
  } finally {
    // Nobody took it: the call ended before its first attempt, or joined another one.
    await Promise.all([...holds.values()].flatMap((hold) => hold.left() ?? []).map(till.release));
  }
}
