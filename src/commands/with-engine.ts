import { failureIn } from '../core/errors.ts';
import type { Engine } from '../engine/engine.ts';
import { renderFailure } from '../tools/render/failure.ts';
import { exitCode } from './exit.ts';
import type { Io } from './io.ts';
import { type EngineOptions, openEngine } from './open-engine.ts';
import { failureSpoken } from './spoken.ts';

/**
 * Runs a command over an engine that is closed afterwards. A failure is told on stderr, or on stdout as one JSON object. Returns
 * the exit code. `parse` looks at the arguments before anything is opened; what it makes of them goes to `work`.
 */
export async function withEngine<T>(
  io: Io,
  { json, ...options }: EngineOptions & { json?: boolean },
  parse: () => T,
  work: (engine: Engine, asked: T) => Promise<number>,
): Promise<number> {
  try {
    const asked = parse();
    const engine = await openEngine(io, options);
    try {
      return await work(engine, asked);
    } finally {
      await engine.close();
    }
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    io.progress?.('');
    if (json) io.print(`${JSON.stringify({ error: failureSpoken(failure), ...renderFailure(failure).data })}\n`);
    else io.tell(failureSpoken(failure));
    return exitCode(failure);
  }
}
