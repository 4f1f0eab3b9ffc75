import { callModel } from '../tools/call-model.ts';
import type { Io } from './io.ts';
import { promptFrom } from './prompt.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

export type CallOptions = ToolOptions & {
  model?: string;
  system?: string;
  reasoningEffort?: string;
  maxTokens?: number;
  temperature?: number;
  timeout?: number;
  file?: string[];
  diff?: string;
  image?: string[];
  thread?: string;
  schema?: string;
  webSearch?: boolean;
  dryRun?: boolean;
};

/** `switchboard call`: asks one model; the prompt comes from the arguments, from stdin, or from both. */
export async function call(io: Io, words: readonly string[], options: CallOptions): Promise<number> {
  const prompt = await promptFrom(words, io);
  const args = {
    prompt,
    model: options.model,
    system: options.system,
    reasoning_effort: options.reasoningEffort,
    max_tokens: options.maxTokens,
    temperature: options.temperature,
    timeout_s: options.timeout,
    files: options.file,
    git_diff: options.diff,
    images: options.image,
    thread_id: options.thread,
    json_schema: options.schema,
    web_search: options.webSearch,
    dry_run: options.dryRun,
  };
  return runTool(io, callModel, args, options);
}
