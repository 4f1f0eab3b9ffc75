import { z } from 'zod';
import { failureIn } from '../core/errors.ts';
import { route } from '../engine/route.ts';
import { DEFAULT_TASKS } from '../routing/tasks.ts';
import { answerTo } from './answer.ts';
import { callerOf, defineTool, lines } from './define.ts';
import { asking, maxCost, priority, threadId } from './params.ts';
import { prepare } from './prepare.ts';
import { renderPreview } from './render/preview.ts';

/** A search that nobody can make was the task's wish: who never spoke of one is told how to do without. */
function withoutSearch(error: unknown): never {
  const failure = failureIn(error);
  if (failure?.facts.param !== 'web_search') throw error;
  throw failure.with(
    { remedied: true },
    `${failure.message}. The task searches the web: set up a provider that can, or pass web_search false to be told what the model knows`,
  );
}

export const routeByTask = defineTool({
  name: 'route_by_task',
  kind: 'asks',
  title: 'Send a task to the right model',
  description: lines(
    'Sends a prompt to the model that suits the kind of work, and says why.',
    'Use it to hand off work: chores to a cheap model, hard ones to a strong one.',
    'Not when the user named a model (call_model).',
  ),
  input: z.object({
    task: z
      .string()
      .min(1)
      .max(60)
      .describe(`${Object.keys(DEFAULT_TASKS).join(', ')}, or a task of the user's config.`),
    ...asking,
    thread_id: threadId,
    max_cost_usd: maxCost.optional().describe('Ceiling for this call.'),
    priority: priority.optional().describe('What counts most. Default: by task.'),
  }),
  async run({ task, priority: wanted, max_cost_usd: maxCostUsd, dry_run, thread_id, ...rest }, context) {
    const { engine } = context;
    const { why, search, ...choice } = await route(engine, task, wanted);
    const args = { ...rest, web_search: rest.web_search ?? search };
    const ready = await prepare(args, context, choice.targets.slice(0, 1), { threadId: thread_id, dry: dry_run, maxCostUsd });
    const chosen = `chosen for ${why}`;
    const told = rest.web_search === undefined ? withoutSearch : undefined;
    if (!dry_run) return answerTo(ready, { choice, maxCostUsd }, context, chosen).catch(told);
    const preview = await engine.preview({ ask: ready.ask, choice, maxCostUsd }, callerOf(context)).catch(told);
    return renderPreview([{ preview: { ...preview, why: chosen }, material: ready.material }]);
  },
});
