import { z } from 'zod';
import { refText } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { type Cost, costText, total } from '../core/money.ts';
import { clip, count, plural } from '../core/text.ts';
import type { Engine, Outcome } from '../engine/engine.ts';
import { panelOf } from '../engine/panel.ts';
import { defineTool, lines, type ToolResult } from './define.ts';
import { askingToo, modelName, toRequest } from './params.ts';
import { joinedProgress } from './progress.ts';
import { renderPreview } from './render-preview.ts';
import { answerMeta, footer, META_KEY, sourcesText } from './render-answer.ts';
import { failureText } from './render-failure.ts';

const MAX_MODELS = 8;

/** The most characters of all answers together: about 20,000 tokens, below what hosts refuse (Claude Code: 25,000). */
const MAX_CHARACTERS = 80_000;

function section(outcome: Outcome, index: number, cap: number): string {
  const heading = `## ${index + 1}. ${outcome.target}`;
  if ('failure' in outcome) return `${heading}: no answer\n\n${failureText(outcome.failure)}`;
  const text = outcome.answer.text.trim();
  const missing = text.length - cap;
  const cut = missing > 0 ? `\n\n(${count(missing)} more characters were left out; call_model returns the whole.)` : '';
  return `${heading}\n\n${clip(text, cap)}${cut}\n\n${sourcesText(outcome.answer)}${footer(outcome.answer)}`;
}

/** What a call of the comparison cost, failed attempts among it. */
const costsOf = (outcome: Outcome): Cost[] =>
  'answer' in outcome ? [outcome.answer.cost] : (outcome.failure.facts.attempts ?? []).flatMap(({ cost }) => cost ?? []);

function render(outcomes: readonly Outcome[], remarks: readonly string[]): ToolResult {
  const answered = outcomes.filter((outcome) => 'answer' in outcome).length;
  const cap = Math.floor(MAX_CHARACTERS / outcomes.length);
  const spent = total(outcomes.flatMap((outcome) => costsOf(outcome)));
  const head = `${plural(outcomes.length, 'model was', 'models were')} asked, ${answered} answered, ${costText(spent)} in all.${remarks.map((remark) => ` ${remark}`).join('')}`;
  const meta = outcomes.map((outcome) =>
    'answer' in outcome
      ? { target: outcome.target, ...answerMeta(outcome.answer) }
      : { target: outcome.target, failed: outcome.failure.kind },
  );
  return {
    text: [head, ...outcomes.map((outcome, index) => section(outcome, index, cap))].join('\n\n'),
    meta: { [META_KEY]: meta },
    ...(answered === 0 ? { failed: true } : {}),
  };
}

/** The models to ask, each once: the same model under two names would cost twice and show no disagreement. */
async function distinct(engine: Engine, models: readonly string[]): Promise<{ models: string[]; remarks: string[] }> {
  const seen = new Map<string, string>();
  for (const model of models) {
    const ref = await engine.resolve(model).then(refText, () => model);
    if (!seen.has(ref)) seen.set(ref, model);
  }
  const doubles = models.length - seen.size;
  return {
    models: [...seen.values()],
    remarks: doubles === 0 ? [] : [`${plural(doubles, 'name')} meant a model that is asked already.`],
  };
}

export const compareModels = defineTool({
  name: 'compare_models',
  kind: 'asks',
  title: 'Ask several models at once',
  description: lines(
    'Sends a prompt to several language models at the same time and returns all answers side by side, so that you can see where they agree and disagree.',
    'Use it for a second and third opinion on a decision, a review or a fact in doubt.',
    'Not for choosing a model (list_models) or for one answer (call_model): it costs as much as all its models.',
  ),
  input: z.object({
    models: z
      .array(modelName)
      .min(1)
      .max(MAX_MODELS)
      .optional()
      .describe(
        `1 to ${MAX_MODELS} models, named as in call_model. Without it: the best models of up to three vendors, others than yours first.`,
      ),
    ...askingToo,
  }),
  async run({ models, dry_run, ...rest }, { engine, progress, ...caller }) {
    const panel = models ?? (await panelOf(engine, caller.hostFamily)).map(refText);
    if (panel.length === 0)
      throw new Failure(
        'auth',
        'No provider is set up, so there is nothing to compare: list_models shows which variables enable one',
      );
    const asked = await distinct(engine, panel);
    const request = toRequest(rest);
    if (dry_run) {
      const previews = asked.models.map((model) => engine.preview({ ...request, model }, caller));
      return renderPreview(await Promise.all(previews));
    }
    const report = progress && joinedProgress(asked.models.length, progress);
    const outcomes = await engine.callAll(
      asked.models.map((model) => ({ ...request, model })),
      { ...caller, progress: report },
    );
    return render(outcomes, asked.remarks);
  },
});
