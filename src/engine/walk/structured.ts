import { type Answer, type Ask, type Attempt, eachOnce, type Note, userText } from '../../core/chat.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn, type FailureKind } from '../../core/errors.ts';
import { clip, oneLine } from '../../core/text.ts';
import { check, problemsText } from '../../structure/check.ts';
import { type Meaning, meaningBy } from '../../structure/meanings.ts';
import { type Found, readJson } from '../../structure/read-json.ts';
import { tidied } from '../../structure/tidy.ts';

type Schema = NonNullable<Ask['schema']>;

/**
 * What came of holding an answer against its schema: the value and what had to be done to read it, or what is wrong with it in
 * words, one thing a line.
 */
type Verdict = { value: unknown; text: string; did: string } | { wrong: string };

const MAX_TOLD = 300;

/** JSON without the blanks between its parts, and otherwise as it was written: reading it would round large numbers. */
const compact = (text: string): string => text.replaceAll(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1');

/** What was found, in its own words where nothing of it was changed. */
function accepted({ value: said, text }: Found, { value, did }: Meaning): Verdict {
  const json = JSON.stringify(value);
  return { value, did, text: json === JSON.stringify(said) ? compact(text) : json };
}

function judged(schema: Schema, { text, attempts }: Pick<Answer, 'text' | 'attempts'>): Verdict {
  try {
    const found = readJson(text, (value) => check(schema, tidied(schema, value)).length === 0);
    if (found === undefined) return { wrong: 'The answer itself: there is no JSON in it' };
    const meaning = meaningBy(schema, found.value);
    return meaning === undefined ? { wrong: problemsText(check(schema, tidied(schema, found.value))) } : accepted(found, meaning);
  } catch (error) {
    // A schema that shows only now that it cannot be followed: the answer was paid for all the same.
    throw failureIn(error)?.with({ attempts }) ?? error;
  }
}

/** Says of an answer as which failure it counts; undefined: it is as it was wanted. */
export type Judge = (answer: Pick<Answer, 'text' | 'stop' | 'attempts'>) => FailureKind | undefined;

const judgeBy =
  (schema: Schema): Judge =>
  (answer) => {
    try {
      if ('value' in judged(schema, answer)) return undefined;
    } catch (error) {
      return failureIn(error)?.kind ?? 'defect';
    }
    return answer.stop === 'refused' ? 'refused' : 'invalid_output';
  };

/** What was tried, when what it brought was no use. */
const inVain = (attempts: readonly Attempt[], kind: FailureKind): Attempt[] =>
  attempts.map((one) => (one.outcome === 'answered' ? { ...one, outcome: 'failed', kind } : one));

/** A value that is not quite what was written: nothing is changed in silence. */
const readNote = (did: string): Note[] =>
  did === '' ? [] : [{ param: 'json_schema', asked: 'read with a correction', sent: 'read with a correction', why: did }];

/** The answer that a schema was held against: `text` is the JSON and nothing else. */
const settled = (answer: Answer, { value, text, did }: Exclude<Verdict, { wrong: string }>): Answer => ({
  ...answer,
  text,
  json: value,
  notes: [...answer.notes, ...readNote(did)],
});

/** An answer that is none, with what was tried and what had come. */
const failed = (kind: 'refused' | 'invalid_output', message: string, { attempts, text, notes }: Answer, said?: string): Failure =>
  new Failure(kind, message, {
    param: 'json_schema',
    attempts: inVain(attempts, kind),
    notes,
    partial: text,
    ...defined({ modelSaid: said }),
    ...(said === undefined && kind === 'invalid_output' ? { remedied: true } : {}),
  });

/** What no second try would mend: it refused, or it was cut off. */
function beyondRepair(answer: Answer): Failure | undefined {
  const said = clip(oneLine(answer.text), MAX_TOLD);
  if (answer.stop === 'refused') return failed('refused', 'it refused, in words of its own', answer, said);
  if (answer.stop !== 'length') return undefined;
  return failed('invalid_output', 'it was cut off at the output limit before the JSON was whole: raise max_tokens', answer);
}

/** The same question with the invalid answer and what is wrong with it. What was searched for has been found. */
const corrected = (ask: Ask, { text }: Answer, wrong: string): Ask => ({
  ...ask,
  webSearch: false,
  ...(ask.messages.length === 1 ? { oneOff: true } : {}),
  messages: [
    ...ask.messages,
    { role: 'assistant', content: [{ type: 'text', text }] },
    userText(`That does not match the JSON Schema:\n${wrong}\nAnswer again with the corrected JSON only.`),
  ],
});

/** The second answer, with the first try before it in everything that is told of it. */
async function secondOf(first: Answer, second: Promise<Answer>): Promise<Answer> {
  const before = inVain(first.attempts, 'invalid_output');
  try {
    const answer = await second;
    const { sources = first.sources } = answer;
    const notes = eachOnce([...first.notes, ...answer.notes]);
    return { ...answer, ...(sources ? { sources } : {}), notes, attempts: [...before, ...answer.attempts] };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    const { attempts = [], notes = [] } = failure.facts;
    throw failure.with({ attempts: [...before, ...attempts], notes: [...first.notes, ...notes] });
  }
}

const corrections = (wrong: string): Note => ({
  param: 'json_schema',
  asked: 'answered twice',
  sent: 'answered twice',
  why: `the first answer did not match (${clip(oneLine(wrong), MAX_TOLD)})`,
});

/**
 * Asks a model, and holds its answer against the schema of the ask, if it has one. An answer that does not match is sent back once,
 * with what is wrong in words. `askModel` is told how answers are judged, because one that is no use is not to be kept. Throws `refused` or `invalid_output` when that does not help, with the text that had come in its facts.
 */
export async function structured(ask: Ask, askModel: (ask: Ask, judge?: Judge) => Promise<Answer>): Promise<Answer> {
  if (ask.schema === undefined) return askModel(ask);
  const judge = judgeBy(ask.schema);
  const first = await askModel(ask, judge);
  const verdict = judged(ask.schema, first);
  if ('value' in verdict) return settled(first, verdict);
  const hopeless = beyondRepair(first);
  if (hopeless !== undefined) throw hopeless;
  const second = await secondOf(first, askModel(corrected(ask, first, verdict.wrong), judge));
  const again = judged(ask.schema, second);
  if ('value' in again) return settled({ ...second, notes: [...second.notes, corrections(verdict.wrong)] }, again);
  const why = `it answered twice with what does not match json_schema (${oneLine(again.wrong.replaceAll('\n', '; '))})`;
  throw beyondRepair(second) ?? failed('invalid_output', why, second, clip(oneLine(second.text), MAX_TOLD));
}
