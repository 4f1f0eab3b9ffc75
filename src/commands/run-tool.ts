import { defined } from '../core/defined.ts';
import { duration } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { keepResult } from '../engine/results.ts';
import type { Tool } from '../tools/define.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import type { EngineOptions } from './open-engine.ts';
import { spoken } from './spoken.ts';
import { withEngine } from './with-engine.ts';

export type ToolOptions = EngineOptions & { json?: boolean };

/** The time between two looks at the clock of a call that a person watches, in milliseconds. */
const TICK_MS = 1000;

/** Shows progress with the time that the call has taken, which goes on when there is no news. */
function watchProgress({ progress: show }: Io): { progress?: (line: string) => void; end: () => void } {
  if (show === undefined) return { end: () => undefined };
  const start = performance.now();
  let line = '';
  const tick = () => line && show(`${line}, ${duration(performance.now() - start)}`);
  const timer = setInterval(tick, TICK_MS);
  return {
    progress(news) {
      line = news;
      tick();
    },
    end() {
      clearInterval(timer);
      show('');
    },
  };
}

/** Keeps an answer that could not be written, because it was paid for, and tells where it is. */
async function keepUnwritten(io: Io, engine: Engine, answer: string): Promise<void> {
  const fault = await io.flush();
  if (fault === undefined) return;
  const id = await keepResult(engine, '', answer);
  if (id !== undefined) io.tell(`The answer is kept for a week: switchboard result ${id} prints it.`);
}

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
      const { progress, end } = watchProgress(io);
      const context = { engine, signal: io.signal, agent: 'command line', ...defined({ progress }) };
      // Commander leaves undefined behind for what was not given.
      const { text, body, foot, meta = {}, data = meta, failed, partial } = await tool.run(defined(args), context).finally(end);
      const answer = body ?? spoken(text);
      if (options.json) io.print(`${JSON.stringify({ text: answer, ...data })}\n`);
      else io.print(`${answer.trimEnd()}\n`);
      // What stands in brackets is ours; a summary of thinking and titles of pages are not.
      if (!options.json && foot !== undefined) io.tell(foot.replaceAll(/^\[.*\]$/gm, spoken));
      await keepUnwritten(io, engine, answer);
      return failed || partial ? EXIT.failed : EXIT.answered;
    },
  );
}
