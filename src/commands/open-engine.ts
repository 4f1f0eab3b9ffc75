import type { Config } from '../config/config.ts';
import type { Agent } from '../core/agent.ts';
import { defined } from '../core/defined.ts';
import type { Engine } from '../engine/engine.ts';
import { checkNode } from './check-node.ts';
import type { Io } from './io.ts';

/** What of the command line a configuration depends on. */
export type EngineOptions = { config?: string; allowDir?: string[] };

/** Loads the configuration that a command runs under. Throws a `config` failure for a broken one. */
export async function loadConfigFor(
  { env, cwd, nodeVersion }: Io,
  { config: path, allowDir = [] }: EngineOptions,
): Promise<Config> {
  checkNode(nodeVersion);
  const { loadConfig } = await import('../config/load.ts');
  return loadConfig({ env, cwd, allowDirs: allowDir, ...defined({ path }) });
}

/** The engine over the user's configuration. Imported only now: a server that nobody calls reads and parses none of it. */
export async function openEngine(io: Io, options: EngineOptions): Promise<Engine> {
  const [config, { createEngine }] = await Promise.all([loadConfigFor(io, options), import('../engine/engine.ts')]);
  const prompted = [config.agents, config.projectFile?.agents ?? {}]
    .flatMap(Object.values<Agent>)
    .some(({ system }) => system !== undefined);
  // The rules for secrets are loaded only where a config has something that is sent.
  const screen = prompted ? (await import('../context/secrets/agents.ts')).screening(config.files.onSecret) : undefined;
  return createEngine(config, { userAgent: `switchboard-mcp/${io.version}`, pid: io.pid, ...defined({ screen }) });
}
