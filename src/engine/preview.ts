import { type ModelRef, type Note, refText } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import type { Settled } from '../core/settled.ts';
import type { PriceRange } from '../pricing/worst.ts';
import { addressee, callFor } from './attempt/attempt.ts';
import type { Partners } from './attempt/partners.ts';
import type { Quote } from './money/quote.ts';
import type { Purpose } from './money/ticket.ts';
import type { Till } from './money/till.ts';
import type { Plan, Planned } from './plan/plan.ts';
import { type Screen, screened } from './screen.ts';

export { ESTIMATOR } from '../pricing/worst.ts';

/** What a call would do, without doing it. */
export type Preview = {
  /** Those that would be asked: the first, and then one after the other as they fail. */
  tries: readonly Previewed[];
  dropped: readonly { model: ModelRef; reason: string }[];
  /** Why the first one is the first. */
  why?: string;
};

/** What several calls at once would do. */
export type Previews = {
  /** In the order asked; or why that one could not be made. */
  previews: readonly Settled<Preview>[];
  /** Why a budget would refuse all of them together as things stand; absent: none would. */
  refusal?: string;
};

export type Previewed = ModelRef & {
  /** The API's root that it would be sent to. */
  address: string;
  /** What would be sent besides the conversation. */
  parameters: Readonly<Record<string, unknown>>;
  /** Bytes of the request's body. */
  bytes: number;
  /** Input tokens: likely, and hardly ever passed; the most output tokens of an answer, and how many answers, where several are. */
  tokens: { likely: number; most: number; output?: number; answers?: number };
  range: PriceRange;
  notes: readonly Note[];
  /** Why a budget would refuse it as things stand; absent: none would. */
  refusal?: string;
};

type Around = { partners: Partners; till: Till; screen: Screen; purpose: Purpose };

function previewed(option: Planned, { ask, notes, input, output, answers, range }: Quote, { partners }: Around): Previewed {
  const one = addressee(option);
  const { target } = one;
  const written = partners.write(target, callFor(one, ask));
  return {
    ...target,
    address: written.address,
    parameters: written.parameters,
    bytes: Buffer.byteLength(JSON.stringify(written.body), 'utf8'),
    tokens: { ...input, ...defined({ output }), ...(answers > 1 ? { answers } : {}) },
    range,
    notes: [...notes, ...written.notes],
  };
}

/** A plan with what each of its models would be sent and may cost. Calls nobody. */
export async function previewOf(plan: Plan, ask: Quote['ask'], around: Around): Promise<Preview> {
  const tries: Previewed[] = [];
  for (const option of plan.tries) {
    const { ask: said, notes } = await screened(option, ask, around.screen);
    const refusal = await around.till.refusal([{ target: option, ask: said }], around.purpose);
    const one = previewed(option, await around.till.quote(option, said, around.purpose), around);
    tries.push({ ...one, notes: [...notes, ...one.notes], ...(refusal === undefined ? {} : { refusal: refusal.message }) });
  }
  const dropped = plan.dropped.map(({ model, reason }) => ({ model, reason }));
  return { tries, dropped: dropped.filter(({ model }) => !tries.some((one) => refText(one) === refText(model))) };
}
