import { isNamedBy } from '../glob/glob.ts';
import type { Setup } from './setup.ts';

/** A provider as it is reached for one of its models. */
export const setupOf = (setup: Setup, model: string): Setup =>
  setup.ofModels?.find(({ patterns }) => isNamedBy(patterns)(model))?.setup ?? setup;
