import type { Answer, Ask, Attempt, ModelRef, Note } from '../../core/chat.ts';
import { today } from '../../core/day.ts';
import { defined } from '../../core/defined.ts';
import { Failure, failureIn } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/model.ts';
import { CHARS_PER_TOKEN, tokensOf } from '../../core/tokens.ts';
import type { Talk } from '../../wires/talk.ts';
import type { Call, Heard } from '../../wires/wire.ts';
import { measureSilence } from './silence.ts';

/**
 * How far a try is. `tokens` are estimated from what came so far, thinking among it; `waitMs`: how long nobody is asked, because
 * the vendor said when to come back.
 */
export type Progress = ModelRef & {
  doing: 'asked' | 'thinking' | 'writing' | 'answered' | 'waiting';
  tokens: number;
  waitMs?: number;
};

export type Try = {
  target: ModelRef;
  facts: ModelFacts;
  ask: Ask;
  talk: Talk;
};

/** Whoever named a model should know that its vendor switches it off: it may answer still, or another in its name. */
function retirement({ id, retires }: ModelFacts, answered: boolean): Note[] {
  if (retires === undefined) return [];
  const isPast = retires <= today();
  const other = isPast && answered ? ', so another may have answered in its name' : '';
  const why = `its vendor ${isPast ? 'stopped' : 'stops'} serving it on ${retires}${other}`;
  return [{ param: 'model', asked: id, sent: id, why }];
}

/** Lone surrogates cannot be written as UTF-8 and are refused by JSON parsers, so they become U+FFFD. */
const wellFormed = (ask: Ask): Ask => ({
  ...ask,
  ...defined({ system: ask.system?.toWellFormed() }),
  messages: ask.messages.map(({ role, content }) => ({
    role,
    content: content.map((part) => (part.type === 'text' ? { ...part, text: part.text.toWellFormed() } : part)),
  })),
});

/** Whom a try is at, and what the wire has to know of it. */
type Addressee = Pick<Try, 'target' | 'facts'>;

export const addressee = ({ provider, model, facts }: ModelRef & { facts: ModelFacts }): Addressee => ({
  target: { provider, model },
  facts,
});

/** What a wire is asked to say for an ask. */
export const callFor = ({ target, facts }: Addressee, ask: Ask): Call => ({
  ask: wellFormed(ask),
  model: { ...facts, id: target.model },
});

const failed = (target: ModelRef, ms: number, firstByteMs: number | undefined, { kind, facts }: Failure): Attempt => ({
  ...target,
  outcome: 'failed',
  kind,
  ms,
  ...defined({ status: facts.status, usage: facts.usage, firstByteMs }),
});

/** One try at one model; what it cost is for others to count. Throws a `Failure` whose facts name the attempt. */
export async function attempt(
  { target, facts, ask, talk }: Try,
  signal: AbortSignal,
  report?: (progress: Progress) => void,
): Promise<Omit<Answer, 'cost'>> {
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  let firstByteMs: number | undefined;
  let characters = 0;
  const [texts, thoughts]: [string[], string[]] = [[], []];
  const silence = measureSilence(elapsed);
  const listen = ({ text = '', thinking = '', usage }: Heard) => {
    if (usage?.output !== undefined) silence.forget();
    else if (text !== '' || thinking !== '') silence.break();
    characters += text.length + thinking.length;
    if (text !== '') texts.push(text);
    if (thinking !== '') thoughts.push(thinking);
  };
  const tell = (doing: Progress['doing']) =>
    report?.({ ...target, doing, tokens: Math.ceil(characters / CHARS_PER_TOKEN.usual) });
  tell('asked');
  try {
    const reply = await talk(callFor({ target, facts }, ask), {
      signal,
      onHeard(delta) {
        firstByteMs ??= elapsed();
        listen(delta);
        tell(texts.length > 0 ? 'writing' : 'thinking');
      },
    });
    tell('answered');
    const { model = target.model, ...said } = reply;
    said.notes.push(...retirement(facts, true));
    const served = { provider: target.provider, model };
    const totalMs = elapsed();
    const first = defined({ firstByteMs });
    return {
      ...said,
      served,
      attempts: [{ ...target, outcome: 'answered', ms: totalMs, usage: said.usage, ...first }],
      timing: { totalMs, ...first },
    };
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) throw error;
    const notes = failure.kind === 'not_found' ? retirement(facts, false) : [];
    throw failure.with({
      ...(notes.length === 0 ? {} : { notes: [...(failure.facts.notes ?? []), ...notes] }),
      attempts: [failed(target, elapsed(), firstByteMs, failure)],
      silentMs: silence.sum(),
      ...(firstByteMs === undefined ? {} : { heard: tokensOf([...thoughts, ...texts].join('')).likely }),
    });
  }
}
