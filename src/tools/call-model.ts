import { z } from 'zod';
import { LAST_MODEL, lastModel } from '../engine/memory.ts';
import { meantModel } from '../engine/models/meant.ts';
import { answerTo } from './answer.ts';
import { callerOf, defineTool, lines } from './define.ts';
import { asking, modelName, threadId } from './params.ts';
import { prepare } from './prepare.ts';
import { renderPreview } from './render/preview.ts';

export const callModel = defineTool({
  name: 'call_model',
  kind: 'asks',
  title: 'Ask another model',
  description: lines(
    'Ask one other language model (GPT, Claude, Gemini, Grok, DeepSeek, a local one): consult, get a second opinion or a review, delegate.',
    'Use it when the user names a model or vendor, or another view, a larger context or a cheaper model helps.',
    'Not for what you can answer yourself, nor to ask several models (compare_models).',
  ),
  input: z.object({
    model: modelName
      .optional()
      .describe(
        'provider/model, a name, a provider or an alias (list_models shows ids). Default: a strong model of another vendor than yours.',
      ),
    ...asking,
    thread_id: threadId,
  }),
  async run({ model, dry_run, thread_id, ...rest }, context) {
    const { engine, owner = '', hostFamily } = context;
    const last = model === undefined && thread_id !== undefined ? await lastModel(engine, thread_id, owner) : undefined;
    const named = model ?? last;
    const why = last === undefined ? undefined : LAST_MODEL;
    const meant = meantModel(rest.reasoning_effort, named, engine.config);
    const targets = [await engine.resolve(meant, hostFamily)];
    const ready = await prepare(rest, context, targets, { threadId: thread_id, dry: dry_run });
    if (!dry_run) return answerTo(ready, { model: named }, context, why);
    const preview = await engine.preview({ ask: ready.ask, model: named }, callerOf(context));
    return renderPreview([{ preview: { ...preview, ...(why && { why }) }, material: ready.material }]);
  },
});
