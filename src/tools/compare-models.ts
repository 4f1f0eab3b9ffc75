import { z } from 'zod';
import { refText } from '../core/chat.ts';
import { plural } from '../core/text.ts';
import type { Engine } from '../engine/engine.ts';
import { panelOf } from '../engine/models/panel.ts';
import type { Target } from '../engine/models/resolving.ts';
import type { CallRequest } from '../engine/request.ts';
import { callerOf, defineTool, lines, type ToolContext } from './define.ts';
import type { Material } from './material.ts';
import { type Asking, asking, modelName } from './params.ts';
import { prepare } from './prepare.ts';
import { joinProgress } from './progress.ts';
import { type Compared, renderComparison } from './render/comparison.ts';
import { renderPreview, type Wanted } from './render/preview.ts';

const MAX_MODELS = 8;

/** A model that is compared: as it was named, and what it means where that is known. */
type Entrant = { model: string; target?: Target };

/** The models to ask, each once: the same model under two names would cost twice and show no disagreement. An agent is its own. */
async function distinct(engine: Engine, models: readonly string[]): Promise<{ entrants: Entrant[]; remarks: string[] }> {
  const seen = new Map<string, Entrant>();
  for (const model of models) {
    const target = await engine.resolve(model).catch(() => undefined);
    const key = target === undefined ? model : `${target.agent?.name ?? ''} ${refText(target)}`;
    if (!seen.has(key)) seen.set(key, { model, ...(target === undefined ? {} : { target }) });
  }
  const doubles = models.length - seen.size;
  return {
    entrants: [...seen.values()],
    remarks: doubles === 0 ? [] : [`${plural(doubles, 'name')} meant a model that is asked already.`],
  };
}

/** The request to one entrant, and what goes along; `own`: more than with the others. */
type Turn = { request: CallRequest; material: Material; own: boolean };

/** Prepares what each entrant is asked: the same goes along with all but agents that have files of their own. */
async function turnsFor(entrants: readonly Entrant[], args: Asking, context: ToolContext): Promise<Turn[]> {
  const isSpecial = ({ target }: Entrant): boolean => target?.agent?.files !== undefined;
  const readyFor = (some: readonly Entrant[]) =>
    prepare(
      args,
      context,
      some.flatMap(({ target }) => target ?? []),
    );
  const plain = entrants.filter((entrant) => !isSpecial(entrant));
  const shared = plain.length === 0 ? undefined : await readyFor(plain);
  const turns: Turn[] = [];
  for (const entrant of entrants) {
    const common = isSpecial(entrant) ? undefined : shared;
    const { ask, timeoutMs, begunAt, material } = common ?? (await readyFor([entrant]));
    turns.push({ request: { ask, timeoutMs, begunAt, model: entrant.model }, material, own: common === undefined });
  }
  return turns;
}

/** Said where there is nobody to compare with. */
const ALONE =
  'No other vendor is set up, so this is one opinion and no comparison: set another vendor’s key, or name several models.';

export const compareModels = defineTool({
  name: 'compare_models',
  kind: 'asks',
  title: 'Ask several models at once',
  description: lines(
    'Sends a prompt to several language models at once and shows their answers side by side.',
    'Use it to see where they disagree on a decision, a review or a fact.',
    'Not for one answer (call_model).',
  ),
  input: z.object({
    models: z
      .array(modelName)
      .min(1)
      .max(MAX_MODELS)
      .optional()
      .describe('provider/model, names or aliases. Default: the best of up to three vendors, others than yours first.'),
    ...asking,
  }),
  async run({ models, dry_run, ...rest }, context) {
    const { engine, progress, limit } = context;
    const caller = callerOf(context);
    const chosen = models ?? (await panelOf(engine, caller.hostFamily)).map(refText);
    // A model that is in no line, such as one of a server on this machine, is asked alone.
    const panel = chosen.length > 0 ? chosen : [refText(await engine.resolve(undefined, caller.hostFamily))];
    const { entrants, remarks: doubles } = await distinct(engine, panel);
    const remarks = models === undefined && entrants.length === 1 ? [...doubles, ALONE] : doubles;
    const turns = await turnsFor(entrants, rest, context);
    if (dry_run) {
      const { previews, refusal } = await engine.previewAll(
        turns.map(({ request }) => request),
        caller,
      );
      const wanted = turns.flatMap(({ request, material }, at): Wanted[] => {
        const seen = previews[at];
        if (seen === undefined) return [];
        return 'value' in seen ? [{ preview: seen.value, material }] : [{ model: request.model, failure: seen.failure }];
      });
      return renderPreview(wanted, refusal);
    }
    const report = progress && joinProgress(entrants.length, progress);
    const requests = turns.map(({ request }) => request);
    const outcomes = await engine.callAll(requests, { ...caller, progress: report });
    const results = turns.flatMap(({ material, own }, at): Compared[] => {
      const outcome = outcomes[at];
      return outcome === undefined ? [] : [{ outcome, material, own }];
    });
    return renderComparison(results, { remarks, limit, thinking: engine.config.thinkingSummary });
  },
});
