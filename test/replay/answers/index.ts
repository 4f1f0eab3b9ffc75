import type { ReplayRow } from '../replay-row.ts';
import { AMAZON_ANSWERS } from './amazon.ts';
import { ANTHROPIC_ANSWERS } from './anthropic.ts';
import { OPENAI_ANSWERS } from './openai.ts';

/** Answers of vendors, and what the caller is to see of each. */
export const ANSWERS: readonly ReplayRow[] = [...AMAZON_ANSWERS, ...ANTHROPIC_ANSWERS, ...OPENAI_ANSWERS];
