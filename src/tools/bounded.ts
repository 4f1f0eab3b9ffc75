import { count } from '../core/text.ts';
import { keepResult } from '../engine/results.ts';
import type { ToolContext, ToolResult } from './define.ts';
import { cutMiddle, fitsIn, sizeIn, withRoom } from './render/shorten.ts';

/** The address under which hosts fetch a kept result as a resource. */
export const RESULT_URI = 'switchboard://results/';

/** The share of the room that stays free: pieces of a text can weigh a little less than the whole. */
const SLACK = 0.01;

/** Says where the rest of a kept result is; hosts that offer no get_result have the resource. */
function pointTo(id: string, offers: ToolContext['offers']): { whole: string; from: (offset: number) => string } {
  if (offers?.('get_result') === false) {
    const whole = `read the resource ${RESULT_URI}${id}`;
    return { whole, from: () => whole };
  }
  return {
    whole: `get_result with job_id ${id} returns it from the start`,
    from: (offset) => `get_result with job_id ${id} and offset ${offset} goes on from here`,
  };
}

/** Returns the lines that frame a result which is shown in part. */
function framed(opening: string, first: string, body: string, last: string): string {
  return [opening === '' ? first : `${opening}\n${first}`, body, last].join('\n\n');
}

/** Returns where a text goes on after its opening line; a text that only begins alike is repeated whole. */
const startAfter = (text: string, opening: string): number => (text.startsWith(`${opening}\n`) ? opening.length + 1 : 0);

/**
 * Returns a result that its host passes on whole. One that is too long is kept, and shown by its
 * beginning and end; the first and the last lines both name its job_id, because hosts cut at
 * different ends. What cannot be kept is returned as it is, so nothing is lost.
 */
export async function boundResult(result: ToolResult, context: ToolContext): Promise<ToolResult> {
  const { engine, owner = '', limit, offers } = context;
  const { text, opening = '', whole = text, ...others } = result;
  if (limit === undefined || (result.whole === undefined && fitsIn(limit, text))) return { ...others, text };
  const id = await keepResult(engine, owner, whole);
  if (id === undefined) return { ...others, text: whole };
  const size = `${count(whole.length)} characters`;
  const pointer = pointTo(id, offers);
  const kept = {
    ...others,
    link: { uri: `${RESULT_URI}${id}`, name: id, description: `The whole result, ${size}` },
    meta: { ...others.meta, 'switchboard/result': { jobId: id, characters: whole.length } },
  };
  const first = `[This is a part of ${size}: ${pointer.whole}.]`;
  const last = `[The whole result is kept for a week as job_id ${id}: ${pointer.whole}.]`;
  // A comparison has shortened each of its answers already.
  if (result.whole !== undefined) {
    const shown = framed(opening, first, text.slice(startAfter(text, opening)).trimStart(), last);
    if (fitsIn(limit, shown)) return { ...kept, text: shown };
  }
  const start = startAfter(whole, opening);
  const body = whole.slice(start);
  const point = (at: number, left: number): string =>
    `[${count(left)} of ${size} are left out here: ${pointer.from(start + at)}.]`;
  const around = framed(opening, first, point(whole.length, whole.length), last);
  const room = withRoom(limit, (limit.most - sizeIn(limit, around)) * (1 - SLACK));
  const { head, tail } = cutMiddle(body, room);
  const parts = [body.slice(0, head).trimStart(), point(head, tail - head), body.slice(tail)].join('\n\n');
  return { ...kept, text: framed(opening, first, parts, last) };
}
