import { type Cost, costText, total } from '../../core/money.ts';
import { plural } from '../../core/text.ts';
import type { Outcome } from '../../engine/engine.ts';
import type { ToolResult } from '../define.ts';
import type { Material } from '../material.ts';
import { footer, META_KEY, sourcesText, thinkingText, toAnswerData, toAnswerMeta } from './answer.ts';
import { failureText } from './failure.ts';
import { materialMeta, materialText, sentTo } from './material.ts';
import { fitsIn, type ResultLimit, shareRoom, shorten, sizeIn, withRoom } from './shorten.ts';

/** Room for the lines that say where the whole comparison is, in characters. */
const POINTERS = 700;

/** Hexadecimal digits of the mark in the headings of one comparison: no answer can guess them. */
const MARK_LENGTH = 6;

/** One model's outcome and what was sent to it; `own`: more than was sent to the others. */
export type Compared = { outcome: Outcome; material: Material; own: boolean };

/** How a comparison is shown: remarks for its first line, the host's limit, summaries of thinking. */
type Showing = { remarks: readonly string[]; limit?: ResultLimit | undefined; thinking: boolean };

type Section = { head: string; body: string; foot: string };

const listAddressees = (outcome: Outcome): string[] =>
  'answer' in outcome
    ? sentTo(outcome.answer.attempts, outcome.answer.cachedMs !== undefined)
    : sentTo(outcome.failure.facts.attempts);

/** Names a section by a mark that no model knew, so no answer can pretend to be the next section. */
function toSection({ outcome, material, own }: Compared, index: number, mark: string, thinking: boolean): Section {
  const name = `${index + 1}. ${outcome.target}`;
  const sent = own ? materialText(material, listAddressees(outcome)) : '';
  if ('failure' in outcome) return { head: `## ${name}: no answer (${mark})`, body: failureText(outcome.failure), foot: sent };
  const { answer } = outcome;
  const foot = [sent, `${sourcesText(answer)}${footer(answer)}`].filter((line) => line !== '').join('\n');
  const body = `${thinkingText(answer, thinking)}${answer.text.trim()}`;
  return { head: `## ${name} (${mark})`, body, foot };
}

/** Lists what a call of the comparison cost, failed attempts among it. */
const listCosts = (outcome: Outcome): Cost[] =>
  'answer' in outcome ? [outcome.answer.cost] : (outcome.failure.facts.attempts ?? []).flatMap(({ cost }) => cost ?? []);

function writePage(head: readonly string[], sections: readonly Section[], bodies: readonly string[]): string {
  const parts = sections.flatMap(({ head: heading, foot }, at) => [heading, bodies[at] ?? '', foot]);
  return [...head, ...parts].filter((part) => part !== '').join('\n\n');
}

/** Shortens each answer to its share of the room, so that every one keeps its beginning and its footer. */
function shortenBodies(sections: readonly Section[], head: readonly string[], limit: ResultLimit): string[] {
  const bodies = sections.map(({ body }) => body);
  const around = sizeIn(limit, writePage(head, sections, [])) + POINTERS;
  const shares = shareRoom(
    bodies.map((body) => sizeIn(limit, body)),
    limit.most - around,
  );
  return bodies.map((body, at) => shorten(body, withRoom(limit, shares[at] ?? 0)));
}

/** All answers side by side; where they are more than a host takes, each by its beginning and end. */
export function renderComparison(results: readonly Compared[], { remarks, limit, thinking }: Showing): ToolResult {
  const mark = crypto.randomUUID().slice(0, MARK_LENGTH);
  const outcomes = results.map(({ outcome }) => outcome);
  const alike = results.filter(({ own }) => !own);
  const common = [...new Set(alike.flatMap(({ outcome }) => listAddressees(outcome)))];
  const sent = alike[0] === undefined ? '' : materialText(alike[0].material, common);
  const answered = outcomes.filter((outcome) => 'answer' in outcome).length;
  const spent = total(outcomes.flatMap(listCosts));
  const opening = [
    `${plural(outcomes.length, 'model was', 'models were')} asked, ${answered} answered, ${costText(spent)} in all.`,
    `Only headings that end in (${mark}) are ours.`,
    ...remarks,
  ].join(' ');
  const sections = results.map((result, index) => toSection(result, index, mark, thinking));
  const head = [opening, sent];
  const whole = writePage(
    head,
    sections,
    sections.map(({ body }) => body),
  );
  const fits = limit === undefined || fitsIn(limit, whole);
  const toFacts = (describe: typeof toAnswerMeta) =>
    outcomes.map((outcome) => ({
      target: outcome.target,
      ...('answer' in outcome ? describe(outcome.answer) : { failed: outcome.failure.kind }),
    }));
  const data = toFacts(toAnswerData).map((facts, at) => {
    const { outcome, material } = results[at] ?? {};
    return { ...facts, ...(outcome && material && materialMeta(material, listAddressees(outcome))) };
  });
  return {
    opening,
    ...(fits ? { text: whole } : { text: writePage(head, sections, shortenBodies(sections, head, limit)), whole }),
    meta: { [META_KEY]: toFacts(toAnswerMeta) },
    data: { [META_KEY]: data },
    ...(answered === 0 ? { failed: true } : {}),
  };
}
