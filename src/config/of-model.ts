import { escaped } from './endpoint-paths.ts';
import type { Setup } from './setup.ts';

/** Whether an id fits a pattern in which `*` is anything. */
const fits = (id: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'i').test(id);

/** A provider as it is reached for one of its models. */
export const setupOf = (setup: Setup, model: string): Setup =>
  setup.ofModels?.find(({ patterns }) => patterns.some((pattern) => fits(model, pattern)))?.setup ?? setup;
