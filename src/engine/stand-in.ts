import { type ModelRef, type Note, refText } from '../core/chat.ts';
import type { Failure } from '../core/errors.ts';
import type { Target } from './models/known.ts';
import type { Plan, Planned } from './plan/plan.ts';

/** What an answer says of a model that it does not come from: nothing is swapped in silence. */
function swapped(
  first: ModelRef | undefined,
  served: Planned | undefined,
  failure: Failure | undefined,
  { dropped }: Plan,
): Note[] {
  if (first === undefined || served === undefined || refText(first) === refText(served)) return [];
  // A budget also says what would fit: what answered did.
  const failed = failure?.kind === 'budget' ? failure.message.split('. ')[0] : failure?.message;
  const reason = failed ?? dropped.find(({ model }) => refText(model) === refText(first))?.reason ?? 'it was late';
  return [{ param: 'model', asked: refText(first), sent: refText(served), why: reason }];
}

/** Files were read for the first model only: an agent that stands in for it is asked without its own. */
function without(first: Target | undefined, { agent }: Partial<Planned> = {}): Note[] {
  if (agent?.files === undefined || agent.name === first?.agent?.name) return [];
  return [{ param: 'files', asked: `of the agent "${agent.name}"`, sent: null, why: 'it stood in for another model' }];
}

/** What an answer says when another model than the first gave it. `failure`: how the first one failed. */
export const standInNotes = (
  first: Target | undefined,
  served: Planned | undefined,
  failure: Failure | undefined,
  what: Plan,
): Note[] => [...swapped(first, served, failure, what), ...without(first, served)];
