import { type Answer, type Attempt, type ModelRef, type Note, refText, type Usage } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { costText } from '../../core/money.ts';
import { age, count, duration, plural } from '../../core/text.ts';
import type { ToolResult } from '../define.ts';
import type { Material } from '../material.ts';
import { materialMeta, materialText, sentTo } from './material.ts';
import { openWith } from './opening.ts';

/** Where an answer's facts stand in a result's `_meta`. */
export const META_KEY = 'switchboard/answer';

function usageText({ input, cacheRead, cacheWrite, output, thinking, searches }: Usage): string {
  const searched = searches ? `, ${plural(searches, 'search', 'searches')}` : '';
  if (input === undefined && output === undefined) return `tokens not reported${searched}`;
  const cached = [cacheRead ? `${count(cacheRead)} cached` : '', cacheWrite ? `${count(cacheWrite)} stored` : ''].filter(Boolean);
  const sent = `${input === undefined ? '?' : count(input)}${cached.length > 0 ? ` (+ ${cached.join(', ')})` : ''} tokens in`;
  const got = `${output === undefined ? '?' : count(output)}${thinking ? ` (${count(thinking)} thinking)` : ''} out`;
  return `${sent}, ${got}${searched}`;
}

export const noteText = ({ param, asked, sent, why }: Note): string => {
  if (sent === asked) return `${param} ${asked}: ${why}`;
  return sent === null ? `${param} ${asked} was left out: ${why}` : `${param} ${asked} became ${sent}: ${why}`;
};

/** Why an answer ends where it does; `other` is told by a note. */
const STOPPED = { end: '', length: 'cut off at the output limit', refused: 'the model refused', other: '' } as const;

const PARTIAL = 'the time ran out: this is what had arrived';

/** One try, in brackets what came of it: `openai/gpt-6.1-sol (overloaded 503)`. */
const attemptText = (attempt: Attempt): string => {
  const waited = attempt.waitedMs === undefined ? '' : `after ${duration(attempt.waitedMs)} `;
  const outcome = attempt.outcome === 'answered' ? 'answered' : [attempt.kind, attempt.status].filter(Boolean).join(' ');
  return `${waited}${refText(attempt)} (${outcome})`;
};

/** Everything that was tried, where that was more than once. */
export const attemptsText = (attempts: readonly Attempt[]): string =>
  attempts.length < 2 ? '' : `tried: ${attempts.map(attemptText).join(', ')}`;

/** Who served, what it used, how long it took, and whatever was changed on the way: one line. */
export function footer({ served, usage, cost, cachedMs, timing, stop, partial, attempts, notes }: Answer, why?: string): string {
  const facts = [
    refText(served),
    cachedMs === undefined ? usageText(usage) : `given ${age(cachedMs)} ago and kept`,
    costText(cost),
    duration(timing.totalMs),
    partial ? PARTIAL : STOPPED[stop],
    why ?? '',
    attemptsText(attempts),
    ...notes.map(noteText),
  ];
  return `[${facts.filter((fact) => fact !== '').join(' · ')}]`;
}

/** The pages that an answer rests on, under it; titles are words from the web, so nothing in them may look like a link. */
export function sourcesText({ sources = [] }: Answer): string {
  const lines = sources.map(({ url, title }) =>
    title === undefined ? `- ${url}` : `- ${title.replaceAll(/[[\]<>]/g, '')}: ${url}`,
  );
  return lines.length === 0 ? '' : `Sources:\n${lines.join('\n')}\n\n`;
}

/**
 * Returns the few facts that a host gets beside the text. Some hosts show them to their model, so
 * attempts are told only where one failed.
 */
export function toAnswerMeta({
  served,
  stop,
  partial,
  json,
  usage,
  cost,
  cachedMs,
  attempts,
  timing,
}: Answer): Record<string, unknown> {
  const didAllAnswer = attempts.every(({ outcome }) => outcome === 'answered');
  return {
    served,
    stop,
    ...(partial ? { partial } : {}),
    usage,
    cost,
    ...defined({ json, cachedMs }),
    ...(didAllAnswer ? {} : { attempts }),
    timing: { totalMs: timing.totalMs },
  };
}

/** Returns all facts of an answer for programs. */
export function toAnswerData(answer: Answer, why?: string): Record<string, unknown> {
  const { served, stop, partial, sources, usage, cost, cachedMs, notes, attempts, timing } = answer;
  const kept = cachedMs === undefined ? {} : { cachedMs };
  const value = answer.json === undefined ? {} : { json: answer.json };
  return {
    served,
    stop,
    ...(partial ? { partial } : {}),
    ...(sources ? { sources } : {}),
    ...value,
    usage,
    cost,
    ...kept,
    notes,
    attempts,
    timing,
    ...defined({ why }),
  };
}

/** The model that was asked, by the id that it was asked under: the vendor's own name for it stands in the footer. */
export const askedOf = ({ attempts, served }: Pick<Answer, 'attempts' | 'served'>): ModelRef =>
  attempts.findLast(({ outcome, provider }) => outcome === 'answered' && provider === served.provider) ?? served;

/** What is told with an answer besides itself. */
type Beside = {
  why?: string | undefined;
  /** What went along with the prompt. */
  material?: Material;
  threadId?: string;
  /** Whether a summary of the thinking is shown. */
  thinking?: boolean;
};

/** A summary of the thinking, set off from the answer; empty where there is none or the config does not ask for it. */
export const thinkingText = ({ thinking }: Answer, wanted: boolean | undefined): string =>
  wanted && thinking?.trim() ? `> Thinking, summed up: ${thinking.trim().replaceAll('\n', '\n> ')}\n\n` : '';

/** One answer as a host's model reads it. */
export function renderAnswer(answer: Answer, { why, material, threadId, thinking }: Beside = {}): ToolResult {
  const to = sentTo(answer.attempts, answer.cachedMs !== undefined);
  const sent = material === undefined ? '' : materialText(material, to);
  const thread = threadId === undefined ? '' : `[thread_id ${threadId}: pass it to go on with this conversation]`;
  const foot = [sent, thread, footer(answer, why)].filter((line) => line !== '').join('\n');
  const thought = thinkingText(answer, thinking);
  const sources = sourcesText(answer);
  const { opening, text } = openWith(refText(askedOf(answer)), answer.text.trim(), thought);
  return {
    opening,
    text: `${text}\n\n${sources}${foot}`,
    body: answer.text,
    ...(answer.partial ? { partial: true } : {}),
    foot: `${thought}${sources}${foot}`,
    meta: { [META_KEY]: { ...toAnswerMeta(answer), ...defined({ threadId }) } },
    data: {
      [META_KEY]: {
        ...toAnswerData(answer, why),
        ...(material === undefined ? {} : materialMeta(material, to)),
        ...defined({ threadId }),
      },
    },
  };
}
