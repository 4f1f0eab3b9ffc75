import { type Note, refText } from '../core/chat.ts';
import type { Target } from './models/resolving.ts';
import type { Plan, Planned } from './plan/plan.ts';
import type { Walked } from './walk/walk.ts';

/** Why the model that was meant was not asked at all; undefined: it was. */
function notAsked(first: string, { skipped }: Walked, { dropped }: Plan): string | undefined {
  if (skipped.some((model) => refText(model) === first)) return 'another call is trying out whether it is back';
  return dropped.find(({ model }) => refText(model) === first)?.reason;
}

/** What the model that was meant failed with. A budget also says what would fit: what answered did. */
const failureOf = ({ failure }: Walked): string | undefined =>
  failure?.kind === 'budget' ? failure.message.split('. ')[0] : failure?.message;

/** What an answer says of a model that it does not come from: nothing is swapped in silence. */
function swapped(first: Target | undefined, walked: Walked, plan: Plan): Note[] {
  const [asked, sent] = [first && refText(first), refText(walked.option)];
  if (asked === undefined || asked === sent) return [];
  // Who was asked and did not fail was overtaken by the second model of a hedge.
  const why = notAsked(asked, walked, plan) ?? failureOf(walked) ?? 'it was late';
  const { by } = walked.option;
  return [{ param: 'model', asked, sent, why: by === undefined ? why : `${why.replace(/[.\s]*$/, '')}; chosen by ${by}` }];
}

/** Files were read for the first model only: an agent that stands in for it is asked without its own. */
function without(first: Target | undefined, { agent }: Planned): Note[] {
  if (agent?.files === undefined || agent.name === first?.agent?.name) return [];
  return [{ param: 'files', asked: `of the agent "${agent.name}"`, sent: null, why: 'it stood in for another model' }];
}

/** What an answer says when another model than the first gave it. */
export const standInNotes = (first: Target | undefined, walked: Walked, plan: Plan): Note[] => [
  ...swapped(first, walked, plan),
  ...without(first, walked.option),
];
