import { isDeepStrictEqual } from 'node:util';
import { renderAnswer } from '../../src/tools/render/answer.ts';
import { renderFailure } from '../../src/tools/render/failure.ts';
import type { Played } from './play-row.ts';
import type { Expected } from './replay-row.ts';

const contains = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

/** What the caller reads. */
function shownOf({ answer, failure }: Played): string {
  if (answer !== undefined) return renderAnswer(answer, { thinking: false }).text;
  return failure === undefined ? '' : renderFailure(failure).text;
}

/** The values that came of a row, under the names in `Expected`. */
const seen = ({ answer, failure, asks }: Played) => ({
  kind: failure?.kind,
  asks,
  text: answer?.text,
  thinking: answer?.thinking ?? '',
  stop: answer?.stop,
  usage: answer?.usage ?? failure?.facts.usage,
  sources: (answer?.sources ?? []).map(({ url }) => url),
});

/** Says in words where what came differs from what was expected, one difference an entry. */
export function differences(expected: Expected, played: Played): string[] {
  const { remedy, notes = [], never = [], kind, asks = 1, ...values } = expected;
  const came = seen(played);
  const shown = shownOf(played);
  const wanted: [string, unknown, unknown][] = [
    ['kind', kind, came.kind],
    ['asks', asks, came.asks],
    ...Object.entries(values).map(([name, value]): [string, unknown, unknown] => [
      name,
      value,
      Object.entries(came).find(([one]) => one === name)?.[1],
    ]),
  ];
  const wrong = wanted
    .filter(([, right, got]) => !isDeepStrictEqual(right, got))
    .map(([name, right, got]) => `${name}: ${JSON.stringify(got)} in place of ${JSON.stringify(right)}`);
  const missing = [...(remedy === undefined ? [] : [remedy]), ...notes].filter((words) => !contains(shown, words));
  const unwanted = never.filter((words) => contains(shown, words));
  return [
    ...wrong,
    ...missing.map((words) => `${String(words)} is not said`),
    ...unwanted.map((words) => `${String(words)} is said`),
    ...(wrong.length + missing.length + unwanted.length === 0 ? [] : [`shown: ${shown}`]),
  ];
}
