import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../core/errors.ts';
import { list } from '../core/text.ts';
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

/**
 * Refuses a call whose prompt is made of files: a shell writes out a pattern that is not quoted,
 * and all of its files but the first would become the prompt.
 */
function refuseFilesAsWords({ cwd }: Io, words: readonly string[], files: readonly string[] | undefined): void {
  if (files === undefined || words.length < 2) return;
  const named = words.slice(0, -1).filter((word) => existsSync(resolve(cwd, word)));
  if (named.length === 0) return;
  throw new Failure(
    'input',
    `${list(named.slice(0, 3))} ${named.length === 1 ? 'is a file' : 'are files'} and would be part of the prompt: put quotes around the pattern, as in -f "src/*.ts", or write -f before each file`,
  );
}

/** `switchboard call`: asks one model; the prompt comes from the arguments, from stdin, or from both. */
export async function call(io: Io, words: readonly string[], options: CallOptions): Promise<number> {
  refuseFilesAsWords(io, words, options.file);
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
