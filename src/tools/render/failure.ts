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

function retryText({ kind, facts }: Failure): string {
  if (!POLICY[kind].retryable) return '';
  return facts.retryAfterMs === undefined ? '' : `It asks to be left alone for ${duration(facts.retryAfterMs)}.`;
}

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
  const tried = attemptsText(facts.attempts ?? []);
  const parts = [
    sentence(model === undefined ? message : `${refText(model)} gave no answer: ${message}`),
    facts.vendorSaid === undefined ? '' : sentence(`The provider's own words: “${facts.vendorSaid}”`),
    facts.modelSaid === undefined ? '' : sentence(`The model answered: “${facts.modelSaid}”`),
    tried === '' ? '' : sentence(begun(tried)),
    retryText(failure),
    spentText(failure),
    ...(facts.notes ?? []).map((note) => sentence(begun(noteText(note)))),
    POLICY[kind].advice === '' || facts.remedied ? '' : sentence(begun(POLICY[kind].advice)),
  ];
  const said = parts.filter((part) => part !== '').join(' ');
  return facts.along ? `${said}\n${facts.along}` : said;
}

export function renderFailure(failure: Failure): ToolResult {
  const { kind, facts } = failure;
  const { status, retryAfterMs, attempts, notes = [] } = facts;
  // Some hosts show these facts to their model with every error, so they are few.
  const brief = { kind, retryable: POLICY[kind].retryable, ...(status ? { status } : {}), ...defined({ retryAfterMs }) };
  return {
    text: failureText(failure),
    failed: true,
    meta: { [ERROR_KEY]: brief },
    data: {
      [ERROR_KEY]: { ...brief, ...(attempts ? { attempts } : {}), ...(notes.length === 0 ? {} : { notes }) },
    },
  };
}
