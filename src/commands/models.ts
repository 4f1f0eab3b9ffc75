import { listModels } from '../tools/list-models.ts';
import type { Io } from './io.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

export type ModelsOptions = ToolOptions & {
  provider?: string;
  task?: string;
  available?: boolean;
  limit?: number;
  offset?: number;
};

/** `switchboard models`: what list_models shows. */
export async function models(io: Io, words: readonly string[], options: ModelsOptions): Promise<number> {
  const { provider, task, available, limit, offset } = options;
  const query = words.length === 0 ? undefined : words.join(' ');
  return runTool(io, listModels, { query, provider, task, available_only: available, limit, offset }, options);
}
