import { z } from 'zod';
import { refText } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { type Cost, costText, total } from '../core/money.ts';
import { plural } from '../core/text.ts';
import type { Engine, Outcome } from '../engine/engine.ts';
import { panelOf } from '../engine/panel.ts';
import type { Target } from '../engine/known.ts';
import { defineTool, lines, type ToolContext, type ToolResult } from './define.ts';
import type { Material } from './material.ts';
import { type Asking, askingToo, modelName } from './params.ts';
import { prepare, type Ready } from './prepare.ts';
import { joinedProgress } from './progress.ts';
import { renderPreview } from './render-preview.ts';
import { answerMeta, footer, META_KEY, sourcesText, thinkingText } from './render-answer.ts';
import { materialMeta, materialText } from './render-material.ts';
import { shortened, widthOf } from './shorten.ts';
import { failureText } from './render-failure.ts';

const MAX_MODELS = 8;

/** What heading and footer of a section take, in characters, at the most. */
const SECTION_CHARS = 800;

/** A model that is compared: as it was named, and what it means where that is known. */
type Entrant = { model: string; target?: Target };

/** What came of one entrant: its own material stands there where it is not that of all. */
type Result = { outcome: Outcome; own?: Material };

function section({ outcome, own }: Result, index: number, thinking: boolean): { head: string; body: string; foot: string } {
  const head = `## ${index + 1}. ${outcome.target}`;
  const sent = own === undefined ? '' : materialText(own, [outcome.target]);
  if ('failure' in outcome) return { head: `${head}: no answer`, body: failureText(outcome.failure), foot: '' };
  const { answer } = outcome;
  const foot = [sent, `${sourcesText(answer)}${footer(answer)}`].filter((line) => line !== '').join('\n');
  return { head, body: `${thinkingText(answer, thinking)}${answer.text.trim()}`, foot };
}

/** What a call of the comparison cost, failed attempts among it. */
const costsOf = (outcome: Outcome): Cost[] =>
  'answer' in outcome ? [outcome.answer.cost] : (outcome.failure.facts.attempts ?? []).flatMap(({ cost }) => cost ?? []);

/** All answers side by side. Where they are more than a host takes, each is shown by its beginning and end. */
function render(
  results: readonly Result[],
  remarks: readonly string[],
  shared: { material: Material; names: readonly string[] } | undefined,
  { engine, resultChars }: ToolContext,
): ToolResult {
  const outcomes = results.map(({ outcome }) => outcome);
  const answered = outcomes.filter((outcome) => 'answer' in outcome).length;
  const spent = total(outcomes.flatMap((outcome) => costsOf(outcome)));
  const head = `${plural(outcomes.length, 'model was', 'models were')} asked, ${answered} answered, ${costText(spent)} in all.${remarks.map((remark) => ` ${remark}`).join('')}`;
  const sections = results.map((result, index) => section(result, index, engine.config.thinkingSummary));
  const sent = shared === undefined ? '' : materialText(shared.material, shared.names);
  const page = (shorten: (body: string) => string): string =>
    [
      head,
      ...(sent === '' ? [] : [sent]),
      ...sections.flatMap((one) => [one.head, shorten(one.body), ...(one.foot === '' ? [] : [one.foot])]),
    ].join('\n\n');
  const whole = page((body) => body);
  const share = Math.floor((resultChars ?? Infinity) / results.length) - SECTION_CHARS;
  const meta = outcomes.map((outcome) =>
    'answer' in outcome
      ? { target: outcome.target, ...answerMeta(outcome.answer) }
      : { target: outcome.target, failed: outcome.failure.kind },
  );
  return {
    ...(resultChars === undefined || widthOf(whole) <= resultChars
      ? { text: whole }
      : { text: page((body) => shortened(body, share)), whole }),
    meta: { [META_KEY]: meta, ...(shared === undefined ? {} : { 'switchboard/sent': materialMeta(shared.material) }) },
    ...(answered === 0 ? { failed: true } : {}),
  };
}

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

/** What goes along with the prompt: the same for all, and more for agents that have files of their own. */
async function readyFor(
  entrants: readonly Entrant[],
  args: Asking,
  context: ToolContext,
): Promise<{ shared?: Ready; each: readonly Ready[] }> {
  const plain = entrants.filter(({ target }) => !target?.agent?.files);
  const targets = plain.flatMap(({ target }) => target ?? []);
  const shared = plain.length === 0 ? undefined : await prepare(args, context, targets);
  const each: Ready[] = [];
  for (const { target } of entrants)
    each.push(
      shared === undefined || target?.agent?.files ? await prepare(args, context, target === undefined ? [] : [target]) : shared,
    );
  return { each, ...(shared === undefined ? {} : { shared }) };
}

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
      .describe('Named as in call_model. Default: the best of up to three vendors, others than yours first.'),
    ...askingToo,
  }),
  async run({ models, dry_run, ...rest }, context) {
    const { engine, progress, ...caller } = context;
    const panel = models ?? (await panelOf(engine, caller.hostFamily)).map(refText);
    if (panel.length === 0)
      throw new Failure(
        'auth',
        'No provider is set up, so there is nothing to compare: list_models shows which variables enable one',
      );
    const { entrants, remarks } = await distinct(engine, panel);
    const { shared, each } = await readyFor(entrants, rest, context);
    const requests = each.map(({ ask, timeoutMs }, at) => ({ ask, timeoutMs, model: entrants[at]?.model }));
    if (dry_run) {
      const previews = await Promise.all(requests.map((request) => engine.preview(request, caller)));
      return renderPreview(previews, (shared ?? each[0])?.material);
    }
    const report = progress && joinedProgress(entrants.length, progress);
    const outcomes = await engine.callAll(requests, { ...caller, progress: report });
    const results = outcomes.map((outcome, at): Result => {
      const ready = each[at];
      return { outcome, ...(ready === undefined || ready === shared ? {} : { own: ready.material }) };
    });
    const names = outcomes.filter((_, at) => each[at] === shared).map(({ target }) => target);
    return render(results, remarks, shared === undefined ? undefined : { material: shared.material, names }, context);
  },
});
