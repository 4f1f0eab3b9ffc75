import { z } from 'zod';
import { defineTool, lines } from './define.ts';
import { asking, modelName, toRequest } from './params.ts';
import { progressText } from './progress.ts';
import { renderPreview } from './render-preview.ts';
import { renderAnswer } from './render-answer.ts';

export const callModel = defineTool({
  name: 'call_model',
  kind: 'asks',
  title: 'Ask another model',
  description: lines(
    'Ask one other language model and get its answer: consult it, get a second opinion, delegate a task, use a model that you lack.',
    'Use it when the user names a model, or when another vendor’s view, a larger context or a cheaper model helps.',
    'Not for what you can answer yourself, and not to ask several models (compare_models).',
  ),
  input: z.object({
    model: modelName
      .optional()
      .describe(
        'provider/model, e.g. openai/<id> or gemini/<id>; a bare name or a provider alone works too. list_models shows the ids. Without it: a strong model of another vendor than yours.',
      ),
    ...asking,
  }),
  async run({ model, dry_run, ...rest }, { engine, progress, ...caller }) {
    const request = { ...toRequest(rest), model };
    if (dry_run) return renderPreview([await engine.preview(request, caller)]);
    const report = progress && ((news: Parameters<typeof progressText>[0]) => progress(progressText(news)));
    const { why, ...answer } = await engine.call(request, { ...caller, progress: report });
    return renderAnswer(answer, why);
  },
});
