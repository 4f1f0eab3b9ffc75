import { type Content, edited } from '../support/reply.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The fields of an object with the next of the raw usages in place of its own. */
const inside = (value: object, next: () => object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      isRecord(inner) && (key === 'usage' || key === 'usageMetadata') ? [key, next()] : [key, replaced(inner, next)],
    ),
  );

function replaced(value: unknown, next: () => object): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, next));
  return isRecord(value) ? inside(value, next) : value;
}

/** A stream of `model`, in which the vendor says these things of what it used. */
export const reporting = (raw: readonly object[], model: string, text: readonly string[] = ['Hello']): Content => {
  let said = 0;
  const next = () => raw[Math.min((said += 1), raw.length) - 1] ?? {};
  return edited({ model, text }, (events) =>
    events.map((event) => ({ ...event, data: { ...event.data, ...inside(event.data, next) } })),
  );
};
