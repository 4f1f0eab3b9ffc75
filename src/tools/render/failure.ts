import { refText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { type Failure, POLICY } from '../../core/errors.ts';
import { costText, total } from '../../core/money.ts';
import { duration } from '../../core/text.ts';
import type { ToolResult } from '../define.ts';
import { attemptsText, noteText } from './answer.ts';

/** The key of a failure's facts in a result's `_meta`. */
const ERROR_KEY = 'switchboard/error';

const sentence = (text: string): string => (/[.!?]”?$/.test(text) ? text : `${text}.`);

/** With a capital letter, but for the name of a tool. */
const begun = (text: string): string => (/^\w+_/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

const MINUTE_MS = 60_000;

/** From here on a wait is told with its end, in milliseconds: nobody counts minutes while they pass. */
const TOLD_WITH_END_MS = MINUTE_MS;

/** What passes until a failure is read, in milliseconds: a wait until midnight ends at midnight all the same. */
const SLACK_MS = 5000;

/** The first full minute that is not before a moment, in UTC: `2026-12-01 08:00 UTC`. */
function momentText(ms: number): string {
  const minute = new Date(Math.ceil((ms - SLACK_MS) / MINUTE_MS) * MINUTE_MS);
  return `${minute.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function retryText({ facts: { retryAfterMs } }: Failure): string {
  if (retryAfterMs === undefined) return '';
  const end = retryAfterMs < TOLD_WITH_END_MS ? '' : `, until ${momentText(Date.now() + retryAfterMs)}`;
  return `It asks to be left alone for ${duration(retryAfterMs)}${end}.`;
}

/** Whether the same call may succeed later: for what lasts only where the vendor said when it ends. */
const isRetryable = ({ kind, facts }: Failure): boolean =>
  POLICY[kind].retryable && (facts.shouldRetry !== false || facts.retryAfterMs !== undefined);

/** What the attempts cost that brought no answer: nothing is not worth a word, and what nobody knows is. */
function spentText({ facts }: Failure): string {
  const costs = (facts.attempts ?? []).flatMap(({ cost }) => cost ?? []);
  const cost = total(costs);
  if (costs.length === 0 || cost.nanoUsd === 0) return '';
  return cost.nanoUsd === null && cost.atLeast === undefined
    ? `What it cost is not known: ${cost.why}.`
    : `It cost ${costText(cost)}.`;
}

/** What failed, which model, what its vendor said, and what to do: in sentences that we wrote. */
export function failureText(failure: Failure): string {
  const { message, kind, facts } = failure;
  const model = facts.attempts?.[0];
  const advice = facts.advice ?? (facts.remedied ? '' : POLICY[kind].advice);
  const tried = attemptsText(facts.attempts ?? []);
  const parts = [
    sentence(model === undefined ? message : `${refText(model)} gave no answer: ${message}`),
    facts.vendorSaid === undefined ? '' : sentence(`The provider's own words: “${facts.vendorSaid}”`),
    facts.modelSaid === undefined ? '' : sentence(`The model answered: “${facts.modelSaid}”`),
    tried === '' ? '' : sentence(begun(tried)),
    retryText(failure),
    spentText(failure),
    ...(facts.notes ?? []).map((note) => sentence(begun(noteText(note)))),
    advice === '' ? '' : sentence(begun(advice)),
  ];
  const said = parts.filter((part) => part !== '').join(' ');
  return facts.along ? `${said}\n${facts.along}` : said;
}

export function renderFailure(failure: Failure): ToolResult {
  const { kind, facts } = failure;
  const { status, retryAfterMs, attempts, notes = [] } = facts;
  // Some hosts show these facts to their model with every error, so they are few.
  const brief = { kind, retryable: isRetryable(failure), ...(status ? { status } : {}), ...defined({ retryAfterMs }) };
  return {
    text: failureText(failure),
    failed: true,
    meta: { [ERROR_KEY]: brief },
    data: {
      [ERROR_KEY]: { ...brief, ...(attempts ? { attempts } : {}), ...(notes.length === 0 ? {} : { notes }) },
    },
  };
}
