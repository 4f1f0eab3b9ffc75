import { count, widthOf } from '../core/text.ts';
import { keepResult } from '../engine/results.ts';
import type { ToolContext, ToolResult } from './define.ts';
import { ends } from './render/shorten.ts';

/** Where hosts fetch a kept result. */
export const RESULT_URI = 'switchboard://results/';

/** What the statement in the middle and the line at the end take, in characters. */
const STATEMENT = 400;

/** How the rest is fetched, as the end of a sentence. */
const goesOn = (id: string, offset: number): string => `get_result with job_id ${id} and offset ${offset} goes on`;

/**
 * A result that its host takes well: one that is too long is kept whole, and shown by its beginning and end with the way to the
 * rest. What cannot be kept is returned as it is: nothing is lost.
 */
export async function bounded(result: ToolResult, { engine, owner = '', resultChars }: ToolContext): Promise<ToolResult> {
  const { text, whole = text, ...rest } = result;
  if (resultChars === undefined || (widthOf(text) <= resultChars && result.whole === undefined)) return result;
  const id = await keepResult(engine, owner, whole);
  if (id === undefined) return { ...rest, text: whole };
  const link = { uri: `${RESULT_URI}${id}`, name: id, description: `The whole result, ${count(whole.length)} characters` };
  const meta = { ...rest.meta, 'switchboard/result': { jobId: id, characters: whole.length } };
  const kept = `[All ${count(whole.length)} characters are kept for a week: ${goesOn(id, 0)} from the beginning]`;
  if (widthOf(text) <= resultChars - kept.length) return { ...rest, meta, link, text: `${text}\n\n${kept}` };
  const { head, tail } = ends(whole, resultChars - STATEMENT);
  const middle = `[${count(tail - head)} of ${count(whole.length)} characters are left out here: ${goesOn(id, head)} from here]`;
  return { ...rest, meta, link, text: `${whole.slice(0, head)}\n\n${middle}\n\n${whole.slice(tail)}` };
}
