import type { Answer, Ask, ModelRef, Note } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { failureIn, type FailureKind } from '../../core/errors.ts';
import type { Keeping, Written } from './keeping.ts';
import type { Quote } from './quote.ts';
import type { Purpose, Ticket } from './ticket.ts';
import type { Till } from './till.ts';

type Said = Omit<Answer, 'cost'>;

/** What a paid attempt takes: who is asked, the way to ask, and how it is written. */
export type Paid = {
  target: ModelRef;
  ask: Ask;
  purpose: Purpose;
  /** Until when the attempt is over at the latest, in epoch milliseconds. */
  expiresAt: number;
  /** The hold that was made for it already. */
  ticket: Ticket | undefined;
  write: (ask: Ask) => Written;
  make: (ask: Ask) => Promise<Said>;
  /** As which failure an answer counts that is not as it was wanted; absent: every answer will do. */
  judge?: ((answer: Said) => FailureKind | undefined) | undefined;
};

/** How near to its limit an answer has to come for the limit to be worth a word. */
const NEAR = 0.8;

/** What was changed of an ask for the sake of a budget, where the answer shows that it mattered. */
function boundNotes({ notes, output = Infinity }: Quote, { stop, usage }: Said): Note[] {
  return stop === 'length' || (usage.output ?? Infinity) >= NEAR * output ? notes : [];
}

async function made(
  { target, purpose, make, judge }: Paid,
  ticket: Ticket,
  till: Till,
  keep: (answer: Said) => Promise<void>,
): Promise<Answer> {
  try {
    const answer = await make(ticket.quote.ask);
    const kind = judge?.(answer);
    // What is no use now would be none the next time.
    const said = [...boundNotes(ticket.quote, answer), ...answer.notes];
    if (kind === undefined) await keep({ ...answer, notes: said });
    const [one = { ...target, outcome: 'answered' as const, ms: 0 }] = answer.attempts;
    const attempt = kind === undefined ? one : { ...one, outcome: 'failed' as const, kind };
    const ended = { attempt, text: answer.text, ...defined({ thinking: answer.thinking }) };
    const { cost, notes } = await till.settle(ticket, purpose, { ...ended, served: answer.served.model, usage: answer.usage });
    return {
      ...answer,
      cost,
      attempts: [{ ...attempt, cost }],
      notes: [...said, ...notes],
    };
  } catch (error) {
    const failure = failureIn(error);
    const [attempt] = failure?.facts.attempts ?? [];
    if (failure === undefined || attempt === undefined) {
      await till.release(ticket);
      throw error;
    }
    const { cost, notes } = await till.settle(ticket, purpose, { attempt, failure, text: failure.facts.partial ?? '' });
    // An answer that thinking ate was eaten by the limit, whoever set it.
    const bound = failure.kind === 'empty' ? ticket.quote.notes : [];
    throw failure.with({ attempts: [{ ...attempt, cost }], notes: [...(failure.facts.notes ?? []), ...bound, ...notes] });
  }
}

/**
 * One attempt with its money: answered from what was kept where that may be, else held, made and settled. Throws as the
 * attempt does, and a `budget` failure when no money is left for it.
 */
export async function paid(one: Paid, till: Till, keeping: Keeping): Promise<Answer> {
  const { target, ask, purpose, expiresAt, write } = one;
  const key = await keeping.keyOf({ target, ask, owner: purpose.owner }, async () =>
    write((one.ticket?.quote ?? (await till.quote(target, ask, purpose))).ask),
  );
  const known = key === undefined ? undefined : await keeping.read(key, target);
  if (known !== undefined) {
    if (one.ticket !== undefined) await till.release(one.ticket);
    await till.reuse(target, purpose);
    return { ...known, cost: { nanoUsd: 0, from: 'cache' } };
  }
  const ticket = one.ticket ?? (await till.hold([{ target, ask }], purpose, expiresAt))[0];
  if (ticket === undefined) throw new Error('There is a ticket for each attempt.');
  return made(one, ticket, till, async (answer) => {
    if (key !== undefined) await keeping.keep(key, answer);
  });
}
