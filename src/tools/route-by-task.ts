import { z } from 'zod';
import { route } from '../engine/route.ts';
import { DEFAULT_TASKS } from '../routing/tasks.ts';
import { defineTool, lines } from './define.ts';
import { askingToo, priority, toRequest } from './params.ts';
import { progressText } from './progress.ts';
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
    priority: priority.optional().describe('What counts most. Default: by task.'),
  }),
  async run({ task, priority: wanted, ...rest }, { engine, signal, progress, hostFamily }) {
    const { why, ...choice } = await route(engine, task, wanted);
    const report = progress && ((news: Parameters<typeof progressText>[0]) => progress(progressText(news)));
    const answer = await engine.call({ ...toRequest(rest), choice }, { signal, hostFamily, progress: report });
    return renderAnswer(answer, `chosen for ${why}`);
  },
});
