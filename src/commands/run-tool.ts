import { defined } from '../core/defined.ts';
import { duration } from '../core/text.ts';
import type { Tool } from '../tools/define.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { spoken } from './spoken.ts';
import { withEngine } from './with-engine.ts';

export type ToolOptions = EngineOptions & { json?: boolean };

/**
 * Runs a tool as a host would and prints its result: the bare answer (or the whole text) on stdout, the rest on stderr, or
 * all of it as one JSON object. Returns the exit code.
 */
export async function runTool(io: Io, tool: Tool, args: object, options: ToolOptions): Promise<number> {
  return withEngine(
    io,
    options,
    () => undefined,
    async (engine) => {
      const start = performance.now();
      const show = io.progress;
      const progress = show && ((line: string) => show(`${line}, ${duration(performance.now() - start)}`));
      const context = { engine, signal: io.signal, agent: 'command line', ...defined({ progress }) };
      // Commander leaves undefined behind for what was not given.
      const { text, body, foot, meta = {}, data = meta, failed } = await tool.run(defined(args), context);
      io.progress?.('');
      const answer = body ?? spoken(text);
      if (options.json) io.print(`${JSON.stringify({ text: answer, ...data })}\n`);
      else io.print(`${answer.trimEnd()}\n`);
      // What stands in brackets is ours; a summary of thinking and titles of pages are not.
      if (!options.json && foot !== undefined) io.tell(foot.replaceAll(/^\[.*\]$/gm, spoken));
      return failed ? EXIT.failed : EXIT.answered;
    },
  );
}
