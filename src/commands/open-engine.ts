import type { Config } from '../config/config.ts';
import type { Engine } from '../engine/engine.ts';
import type { Io } from './io.ts';

/** What of the command line a configuration depends on. */
export type EngineOptions = { config?: string; allowDir?: string[] };

/** The rules for secrets are loaded only where a config has something that is sent. */
async function refuseSecretsIn({ agents, place }: Config): Promise<void> {
  const prompted = Object.values(agents).filter(({ system }) => system !== undefined);
  if (prompted.length === 0) return;
  const { refuseSecrets } = await import('../context/agents.ts');
  await refuseSecrets(prompted, place);
}

/** The engine over the user's configuration. Imported only now: a server that nobody calls reads and parses none of it. */
export async function openEngine({ env, cwd, version }: Io, { config: path, allowDir = [] }: EngineOptions): Promise<Engine> {
  const [{ loadConfig }, { createEngine }] = await Promise.all([import('../config/load.ts'), import('../engine/engine.ts')]);
  const config = await loadConfig({ env, cwd, allowDirs: allowDir, ...(path === undefined ? {} : { path }) });
  await refuseSecretsIn(config);
  return createEngine(config, `switchboard-mcp/${version}`);
}
