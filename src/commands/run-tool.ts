import { failureIn } from '../core/errors.ts';
import type { Tool } from '../tools/define.ts';
import { failureText, renderFailure } from '../tools/render-failure.ts';
import { EXIT, exitCode } from './exit.ts';
import type { Io } from './io.ts';
import { type EngineOptions, openEngine } from './open-engine.ts';

export type ToolOptions = EngineOptions & { json?: boolean };

/** Drops what was not given: commander leaves undefined behind. */
const given = (args: object): object => Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));

/**
 * Runs a tool as a host would and prints its result: the bare answer (or the whole text) on stdout, the rest on stderr, or
 * all of it as one JSON object. Returns the exit code.
 */
export async function runTool(io: Io, tool: Tool, args: object, { json, ...options }: ToolOptions): Promise<number> {
  try {
    const engine = await openEngine(io, options);
    try {
      const context = {
        engine,
        signal: io.signal,
        agent: 'command line',
        ...(io.progress === undefined ? {} : { progress: io.progress }),
      };
      const { text, body, foot, meta = {}, failed } = await tool.run(given(args), context);
      io.progress?.('');
      if (json) io.print(`${JSON.stringify({ text: body ?? text, ...meta })}\n`);
      else io.print(`${(body ?? text).trimEnd()}\n`);
      if (!json && foot !== undefined) io.tell(foot);
      return failed ? EXIT.failed : EXIT.answered;
    } finally {
      await engine.close();
    }
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    io.progress?.('');
    if (json) io.print(`${JSON.stringify({ error: failureText(failure), ...renderFailure(failure).meta })}\n`);
    else io.tell(failureText(failure));
    return exitCode(failure.kind);
  }
}
