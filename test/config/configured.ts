import { type Config, type ConfigFile, parseConfig } from '../../src/config/config.ts';
import type { Setup } from '../../src/config/setup.ts';
import { Failure } from '../../src/core/errors.ts';

type Sources = { env?: Record<string, string>; user?: string; project?: string; named?: string };

/** What comes of an environment and the texts of files; a named file is the user's own. */
export function configured({ env = {}, user, project, named }: Sources = {}): Config {
  const file = (path: string, text: string | undefined, trusted: boolean): ConfigFile[] =>
    text === undefined ? [] : [{ path, text, trusted }];
  return parseConfig({
    env,
    files: [...file('config.yaml', user, true), ...file('switchboard.yaml', project, false), ...file('mine.yaml', named, true)],
  });
}

/** A provider as it is set up. */
export function setup(sources: Sources, id: string): Setup {
  const found = configured(sources).providers.find(({ provider }) => provider.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

/** What a configuration is refused with. */
export function refusal(sources: Sources): Failure {
  try {
    configured(sources);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}
