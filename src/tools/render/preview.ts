import { refText } from '../../core/chat.ts';
import type { Failure } from '../../core/errors.ts';
import { dollars } from '../../core/money.ts';
import { count, plural } from '../../core/text.ts';
import { ESTIMATOR, type Preview, type Previewed } from '../../engine/preview.ts';
import type { ToolResult } from '../define.ts';
import type { Material } from '../material.ts';
import { noteText } from './answer.ts';
import { failureText } from './failure.ts';
import { materialText } from './material.ts';

function priceText({ range, tokens }: Previewed): string {
  if (range.high === null) return `price not known (${range.why})`;
  if (range.high === 0) return 'free';
  const { output, answers } = tokens;
  const which = answers === undefined ? 'an answer' : plural(answers, 'answer');
  const limit = output === undefined ? `${which} of great length` : `${which} of ${count(output)} tokens`;
  return `${dollars(range.low)} for the input alone, ${dollars(range.high)} at most with ${limit}`;
}

/** One model that would be asked, and what it would be sent. */
function section(one: Previewed, place: string): string {
  const { tokens, bytes, address, parameters, notes, refusal } = one;
  return [
    `${place}${refText(one)}`,
    `  to ${address}, ${count(bytes)} bytes`,
    `  input about ${count(tokens.likely)} tokens, ${count(tokens.most)} at most`,
    `  ${priceText(one)}`,
    `  with ${JSON.stringify(parameters)}`,
    ...notes.map((note) => `  note: ${noteText(note)}`),
    ...(refusal === undefined ? [] : [`  it would be refused now: ${refusal}`]),
  ].join('\n');
}

function call({ tries: [first, ...others], dropped, why }: Preview): string {
  if (first === undefined) return '';
  return [
    section(first, 'Would ask '),
    ...(why === undefined ? [] : [`  ${why}`]),
    ...others.slice(0, 5).map((other, at) => section(other, `If that fails, ${at === 0 ? '' : 'then '}`)),
    ...dropped.map(({ model, reason }) => `Would not ask ${refText(model)}: ${reason}`),
  ].join('\n');
}

const sum = (ranges: readonly Previewed[]): string => {
  const highs = ranges.map(({ range }) => range.high);
  const high = highs.reduce<number>((total, one) => total + (one ?? 0), 0);
  return highs.includes(null) ? `at least ${dollars(high)}, some prices are not known` : `${dollars(high)} at most`;
};

const HEAD = 'Nothing was sent: this is what would be.';

/** A call, and what would go along with it. */
type Along = { preview: Preview; material: Material };

/** A call that could not be made, and why. */
type Unable = { model: string | undefined; failure: Failure };

/** One of several calls, as it would be made or not. */
export type Wanted = Along | Unable;

/** What would go along, each thing once, and to whom. */
function alongText(previews: readonly Along[]): string[] {
  const materials = [...new Set(previews.map(({ material }) => material))];
  return materials.map((material) => {
    const to = previews.filter((one) => one.material === material).flatMap(({ preview: { tries } }) => tries.slice(0, 1));
    return materialText(material, to.map(refText)).replace('[sent to', '[would be sent to');
  });
}

/** What a dry run says, with the account of what would go along: nothing was sent. `refusal`: of all of them together. */
export function renderPreview(wanted: readonly Wanted[], refusal?: string): ToolResult {
  const calls = wanted.flatMap((one) => ('preview' in one ? [one] : []));
  const unable = wanted.flatMap((one) =>
    'preview' in one ? [] : [`Would not ask ${one.model ?? 'the default model'}: ${failureText(one.failure)}`],
  );
  const previews = calls.map(({ preview }) => preview);
  const firsts = previews.flatMap(({ tries }) => tries.slice(0, 1));
  const all = previews.length < 2 ? [] : [`Together ${sum(firsts)}.`];
  const refused = refusal === undefined ? [] : [`The comparison would be refused now: ${refusal}.`];
  return {
    text: [HEAD, ...previews.map(call), ...unable, ...alongText(calls), ...all, ...refused, `(tokens estimated by ${ESTIMATOR})`]
      .filter((line) => line !== '')
      .join('\n\n'),
    meta: { 'switchboard/preview': previews, ...(refusal === undefined ? {} : { 'switchboard/refusal': refusal }) },
  };
}
