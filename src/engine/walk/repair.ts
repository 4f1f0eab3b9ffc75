import type { Ask, Note } from '../../core/chat.ts';
import type { Failure } from '../../core/errors.ts';

type Field = 'temperature' | 'maxTokens' | 'thinkingSummary' | 'effort' | 'schema';

/** What vendors call the fields of an ask, by the words that their errors name. */
const NAMES: readonly { field: Field; param: string; words: RegExp }[] = [
  { field: 'temperature', param: 'temperature', words: /temperature/i },
  { field: 'maxTokens', param: 'max_tokens', words: /max_?(?:completion_|output_)?_?tokens/i },
  { field: 'thinkingSummary', param: 'thinking_summary', words: /summary|include_?thoughts|display/i },
  { field: 'effort', param: 'reasoning_effort', words: /reasoning|thinking|effort|budget_tokens/i },
  {
    field: 'schema',
    param: 'json_schema',
    words: /response[_ ]?(?:format|json|mime|schema)|json[_ ]?schema|text\.format|output_?(?:config\.)?format|structured/i,
  },
];

/** A schema is never left out: it is told in words instead, and the answer held against it. */
const IN_WORDS: Note = {
  param: 'json_schema',
  asked: 'sent in words',
  sent: 'sent in words',
  why: 'the provider refused it as a parameter, so the call was made again',
};

/**
 * The ask without the parameter that a vendor objected to, or with a schema in words, and a Note that says so; undefined when
 * the objection is to nothing that could be left out. Pure.
 */
export function repaired(ask: Ask, { kind, facts }: Failure): { ask: Ask; note: Note } | undefined {
  if (kind !== 'bad_request' && kind !== 'unsupported') return undefined;
  const named = facts.param ?? facts.vendorSaid ?? '';
  const found = NAMES.find(({ field, words }) => ask[field] !== undefined && words.test(named));
  if (found === undefined) return undefined;
  if (found.field === 'schema') return ask.schemaInWords ? undefined : { ask: { ...ask, schemaInWords: true }, note: IN_WORDS };
  const { [found.field]: asked, ...rest } = ask;
  const note = {
    param: found.param,
    asked: String(asked),
    sent: null,
    why: 'the provider refused it, so the call was made again without',
  };
  return { ask: rest, note };
}
