import type { ReplayRow } from '../replay-row.ts';
import { OPENAI_ERRORS } from './openai.ts';

/** Error bodies of vendors, and what is to come of each. */
export const ERRORS: readonly ReplayRow[] = [...OPENAI_ERRORS];
