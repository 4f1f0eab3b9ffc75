import { z } from 'zod';
import { Failure } from '../core/errors.ts';
import { count } from '../core/text.ts';
import { keptResult } from '../engine/results.ts';
import { RESULT_URI } from './bounded.ts';
import { defineTool, lines } from './define.ts';
import { endOfBeginning, type ResultLimit, withRoom } from './render/shorten.ts';

/** The page of a caller without a limit. */
const PAGE: ResultLimit = { most: 60_000, unit: 'characters' };
/** Room for the line that says where it goes on, in characters. */
const STATEMENT = 200;

/** The id of a result, which may be given as its address. */
const idOf = (jobId: string): string => jobId.trim().replace(RESULT_URI, '');

/** Where the character begins that an offset points into. */
const wholeFrom = (text: string, offset: number): number =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(Math.max(0, offset - 1), offset + 1)) && offset > 0 ? offset - 1 : offset;

export const getResult = defineTool({
  name: 'get_result',
  kind: 'reads',
  title: 'Read the rest of a long result',
  description: lines(
    'Returns a long result page by page.',
    'Use it when a result names a job_id and you need what was left out.',
    'Not for anything else.',
  ),
  input: z.object({
    job_id: z.string().min(1).max(200).describe('As the result names it.'),
    offset: z.int().min(0).max(100_000_000).optional().describe('Where to begin, in characters.'),
  }),
  async run({ job_id: jobId, offset: asked = 0 }, { engine, owner = '', limit = PAGE }) {
    const whole = await keptResult(engine, owner, idOf(jobId));
    if (asked >= whole.length)
      throw new Failure('input', `The result has ${count(whole.length)} characters: offset has to be below that`);
    const offset = wholeFrom(whole, asked);
    const room = withRoom(limit, limit.most - STATEMENT);
    const end = offset + Math.max(1, endOfBeginning(whole.slice(offset), room));
    const left = whole.length - end;
    const foot =
      left === 0
        ? `[characters ${count(offset)} to ${count(end)}: this is the end]`
        : `[characters ${count(offset)} to ${count(end)} of ${count(whole.length)}: get_result with job_id ${jobId} and offset ${end} goes on]`;
    const meta = { 'switchboard/result': { jobId, offset, end, characters: whole.length } };
    return { text: `${whole.slice(offset, end)}\n\n${foot}`, body: whole.slice(offset, end), foot, meta };
  },
});
