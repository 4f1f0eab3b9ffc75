import { z } from 'zod';
import { route } from '../engine/route.ts';
import { DEFAULT_TASKS } from '../routing/tasks.ts';
import { defineTool, lines } from './define.ts';
import { askingToo, maxCost, priority, toRequest } from './params.ts';
import { progressText } from './progress.ts';
import { renderPreview } from './render-preview.ts';
import { renderAnswer } from './render-answer.ts';

export const routeByTask = defineTool({
  name: 'route_by_task',
  kind: 'asks',
  title: 'Send a task to the right model',
  description: lines(
    'Sends a prompt to the model that suits the kind of task, among those that can be called now, and says why it was chosen.',
    'Use it to hand off work when it does not matter who does it: cheap chores to a cheap model, hard ones to a strong one.',
    'Not when the user named a model (call_model).',
  ),
  input: z.object({
    task: z
      .string()
      .min(1)
      .max(60)
      .describe(`${Object.keys(DEFAULT_TASKS).join(', ')}, or a task of the user's config.`),
    ...askingToo,
    max_cost_usd: maxCost.optional().describe('Ceiling for this call, in dollars.'),
    priority: priority.optional().describe('What counts most. Default: by task.'),
  }),
  async run({ task, priority: wanted, max_cost_usd: maxCostUsd, dry_run, ...rest }, { engine, progress, ...caller }) {
    const { why, ...choice } = await route(engine, task, wanted);
    const request = { ...toRequest(rest), choice, maxCostUsd };
    if (dry_run) return renderPreview([{ ...(await engine.preview(request, caller)), why: `chosen for ${why}` }]);
    const report = progress && ((news: Parameters<typeof progressText>[0]) => progress(progressText(news)));
    const answer = await engine.call(request, { ...caller, progress: report });
    return renderAnswer(answer, `chosen for ${why}`);
  },
});
