import type { Config } from '../../config/config.ts';
import type { Ask } from '../../core/chat.ts';

/** The model that a call means: what it names, else the user's own for calls that ask for thinking; undefined: the default. */
export function meantModel(
  effort: Ask['effort'] | undefined,
  model: string | undefined,
  { thinkingModel }: Config,
): string | undefined {
  return model ?? (effort === undefined || effort === 'none' ? undefined : thinkingModel);
}
