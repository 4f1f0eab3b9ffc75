import { defined } from '../core/defined.ts';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { remembered } from '../core/remembered.ts';
import { list } from '../core/text.ts';
import type { ServerDeps } from '../server.ts';
import type { Tool } from '../tools/define.ts';
import { TOOLS } from '../tools/index.ts';
import type { Reachable } from '../tools/instructions.ts';
import { describeOldNode } from './check-node.ts';
import type { Io } from './io.ts';
import { type EngineOptions, loadConfigFor, openEngine } from './open-engine.ts';

export type ServeOptions = EngineOptions & { tools?: string };

/** The tools that `--tools call_model,list_models` leaves, in their usual order. */
function chosen(names: string | undefined): readonly Tool[] {
  if (names === undefined) return TOOLS;
  const wanted = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const all = TOOLS.map(({ name }) => name);
  const stranger = wanted.find((name) => !all.includes(name));
  const refusal = (why: string) => new Failure('input', `--tools: ${why}; there are ${list(all)}`);
  if (stranger !== undefined) throw refusal(`there is no tool "${stranger}"${didYouMean(stranger, all)}`);
  if (wanted.length === 0) throw refusal('names no tool');
  return TOOLS.filter(({ name }) => wanted.includes(name));
}

/** How long the instructions wait for the configuration, in milliseconds: a host waits for a server that starts. */
const REACH_MS = 1000;

/**
 * Names the providers that can be called, for the server's instructions. A configuration that is
 * broken or slow names none: the first call tells what is wrong with it.
 */
async function listReach(io: Io, options: EngineOptions): Promise<Reachable[]> {
  const load = async () => {
    const [config, { isRoutable }] = await Promise.all([loadConfigFor(io, options), import('../config/setup.ts')]);
    return config.providers.filter(isRoutable).map(({ provider: { title, families = [] } }) => ({ title, families }));
  };
  const late = new Promise<Reachable[]>((resolve) => void setTimeout(resolve, REACH_MS, []).unref());
  return Promise.race([load().catch(() => []), late]);
}

export type Service = { deps: ServerDeps; close: () => Promise<void> };

/**
 * What every transport serves. The engine comes into being at the first call, so that a server starts in no time, without
 * keys and with a broken config; a config that failed is read again at the next call.
 */
export function service(io: Io, { tools, ...options }: ServeOptions, remote?: ServerDeps['remote']): Service {
  // An old Node can still shake hands; each call then says what is wrong.
  const old = describeOldNode(io.nodeVersion);
  if (old !== undefined) io.tell(`${old}.`);
  const engine = remembered(() => openEngine(io, options));
  return {
    deps: {
      version: io.version,
      tools: chosen(tools),
      engine,
      reach: remembered(() => listReach(io, options)),
      ...defined({ remote }),
      onDefect: (error) => io.tell(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    },
    async close() {
      const opened = await engine.begun()?.catch(() => undefined);
      await opened?.close();
    },
  };
}
