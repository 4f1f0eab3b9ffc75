import type { Agent } from '../core/agent.ts';
import { defined } from '../core/defined.ts';
import type { Engine } from '../engine/engine.ts';
import type { Io } from './io.ts';

/** What of the command line a configuration depends on. */
export type EngineOptions = { config?: string; allowDir?: string[] };

/** The engine over the user's configuration. Imported only now: a server that nobody calls reads and parses none of it. */
export async function openEngine({ env, cwd, version }: Io, { config: path, allowDir = [] }: EngineOptions): Promise<Engine> {
  const [{ loadConfig }, { createEngine }] = await Promise.all([import('../config/load.ts'), import('../engine/engine.ts')]);
  const config = await loadConfig({ env, cwd, allowDirs: allowDir, ...defined({ path }) });
  const prompted = [config.agents, config.projectFile?.agents ?? {}]
    .flatMap(Object.values<Agent>)
    .some(({ system }) => system !== undefined);
  // The rules for secrets are loaded only where a config has something that is sent.
  const screen = prompted ? (await import('../context/secrets/agents.ts')).screening(config.files.onSecret) : undefined;
  return createEngine(config, `switchboard-mcp/${version}`, screen);
}
