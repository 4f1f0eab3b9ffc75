import { getResult } from '../tools/get-result.ts';
import type { Io } from './io.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

/** Prints a kept result. Returns the exit code. */
export const result = (io: Io, jobId: string, { offset, ...options }: ToolOptions & { offset?: number }): Promise<number> =>
  runTool(io, getResult, { job_id: jobId, offset }, options);
