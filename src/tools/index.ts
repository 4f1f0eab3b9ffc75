import { callModel } from './call-model.ts';
import { compareModels } from './compare-models.ts';
import type { Tool } from './define.ts';
import { getResult } from './get-result.ts';
import { listModels } from './list-models.ts';
import { routeByTask } from './route-by-task.ts';

/** Every tool, in the order in which hosts list them. */
export const TOOLS: readonly Tool[] = [callModel, compareModels, routeByTask, listModels, getResult];
