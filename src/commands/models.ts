import { list, plural } from '../core/text.ts';
import { forgetLimits } from '../engine/forget-limits.ts';
import type { Refreshed } from '../engine/models/live-lists.ts';
import { listModels } from '../tools/list-models.ts';
import { EXIT } from './exit.ts';
import type { Io } from './io.ts';
import { openEngine } from './open-engine.ts';
import { runTool, type ToolOptions } from './run-tool.ts';
import { withEngine } from './with-engine.ts';

export type ModelsOptions = ToolOptions & {
  provider?: string;
  task?: string;
  available?: boolean;
  limit?: number;
  offset?: number;
  refresh?: boolean;
  forgetLimits?: boolean;
};

const refreshedText = (one: Refreshed): string =>
  'failure' in one ? `${one.provider}: ${one.failure.message}` : `${one.provider}: ${plural(one.models, 'model')}`;

/** Asks every provider that is set up for its models and keeps what they say. Returns the exit code. */
async function refresh(io: Io, options: ModelsOptions): Promise<number> {
  const engine = await openEngine(io, options);
  try {
    const refreshed = await engine.lists.refresh(io.signal);
    for (const one of refreshed) io.tell(refreshedText(one));
    if (refreshed.length === 0) io.tell('No provider that is set up lists its models: switchboard models shows what to set');
    const failed = refreshed.filter((one) => 'failure' in one).map(({ provider }) => provider);
    if (failed.length > 0) io.tell(`Kept what was known of ${list(failed)}`);
    return failed.length > 0 && failed.length === refreshed.length ? EXIT.failed : EXIT.answered;
  } finally {
    await engine.close();
  }
}

/** Has every model asked again that is left alone for a while. Returns the exit code. */
const forget = (io: Io, options: ModelsOptions): Promise<number> =>
  withEngine(
    io,
    options,
    () => undefined,
    async (engine) => {
      io.tell(`Forgot the failures and limits of ${plural(await forgetLimits(engine), 'model')}: each is asked again`);
      return EXIT.answered;
    },
  );

/** `switchboard models`: what list_models shows. */
export async function models(io: Io, words: readonly string[], options: ModelsOptions): Promise<number> {
  const { provider, task, available, limit, offset } = options;
  if (options.forgetLimits) {
    const code = await forget(io, options);
    if (code !== EXIT.answered) return code;
  }
  if (options.refresh) {
    const code = await refresh(io, options);
    if (code !== EXIT.answered) return code;
  }
  const query = words.length === 0 ? undefined : words.join(' ');
  return runTool(io, listModels, { query, provider, task, available_only: available, limit, offset }, options);
}
