import { type Ask, EFFORTS, type Effort, type Message, type Note, userText } from '../core/chat.ts';
import type { ModelFacts } from '../core/model.ts';
import { list } from '../core/text.ts';
import { convert } from '../structure/convert.ts';
import type { Dialect } from '../structure/dialects.ts';

/** What a wire or vendor can carry at all, whatever the model. */
export type Carries = {
  /** Images by https URL. */
  imageUrls: boolean;
  /** The most characters of base64 that one image may have; absent: nobody says. */
  imageChars?: number;
  /** PDFs: to the models that read them, to all because the vendor reads them itself, or not at all. */
  pdfs: 'models' | 'all' | 'none';
  /** Searching the web: with any model that is not known to lack it, or not at all. */
  search: 'any' | 'none';
  /** A JSON schema in a field of its own: in the part that the vendor documents, as it was written, or not at all. */
  schema: Dialect | 'as written' | 'none';
  /** The highest temperature. */
  maxTemperature: number;
  /** The fewest output tokens that may be asked for. */
  minOutput: number;
};

export type Fitted = { ask: Ask; effort?: { asked: Effort; sent: string | number }; notes: Note[] };

type Fitting = { ask: Ask; model: ModelFacts; carries: Carries; notes: Note[] };

/** The accepted effort nearest to the asked one: the weaker of two that are equally near, because it costs less. */
function nearestEffort(asked: Effort, efforts: Partial<Record<Effort, unknown>>): Effort | undefined {
  const at = EFFORTS.indexOf(asked);
  const distance = (effort: Effort) => Math.abs(EFFORTS.indexOf(effort) - at);
  return EFFORTS.filter((effort) => efforts[effort] !== undefined).toSorted((a, b) => distance(a) - distance(b))[0];
}

function fitEffort({ ask, model, notes }: Fitting): Fitted['effort'] {
  const asked = ask.effort;
  if (asked === undefined) return undefined;
  // Of an unknown model nothing is known to be wrong: it gets the word, and the vendor judges.
  if (model.efforts === undefined) return { asked, sent: asked };
  const nearest = nearestEffort(asked, model.efforts);
  const sent = nearest === undefined ? undefined : model.efforts[nearest];
  if (nearest === undefined || sent === undefined) {
    if (asked !== 'none') notes.push({ param: 'reasoning_effort', asked, sent: null, why: `${model.id} does not think` });
    return undefined;
  }
  if (nearest !== asked) {
    const accepted = EFFORTS.filter((effort) => model.efforts?.[effort] !== undefined).join(', ');
    notes.push({ param: 'reasoning_effort', asked, sent: nearest, why: `${model.id} takes ${accepted}` });
  }
  return { asked: nearest, sent };
}

function fitTemperature({ ask, model, carries, notes }: Fitting, effort: Fitted['effort']): number | undefined {
  const asked = ask.temperature;
  if (asked === undefined) return undefined;
  const refuse = (why: string) => {
    notes.push({ param: 'temperature', asked: String(asked), sent: null, why });
    return undefined;
  };
  if (model.temperature === 'no') return refuse(`${model.id} takes no temperature`);
  if (model.temperature === 'at-none' && effort?.asked !== 'none')
    return refuse(`${model.id} takes a temperature only at reasoning_effort none`);
  if (asked <= carries.maxTemperature) return asked;
  notes.push({
    param: 'temperature',
    asked: String(asked),
    sent: String(carries.maxTemperature),
    why: 'the highest that this vendor takes',
  });
  return carries.maxTemperature;
}

function fitMaxTokens({ ask, model, carries, notes }: Fitting): number | undefined {
  const asked = ask.maxTokens;
  if (asked === undefined) return undefined;
  const sent = Math.max(carries.minOutput, Math.min(asked, model.maxOutput ?? asked));
  if (sent !== asked) {
    const why = sent < asked ? `the most that ${model.id} gives` : 'the fewest that this vendor takes';
    notes.push({ param: 'max_tokens', asked: String(asked), sent: String(sent), why });
  }
  return sent;
}

/** Consecutive turns of one role become one, because several vendors insist on alternation. */
function alternate(messages: readonly Message[]): Message[] {
  const turns: Message[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content: [...content] });
  }
  return turns;
}

/** A summary of thinking is asked of nobody who does not think. */
const fitSummary = ({ ask, model }: Fitting, effort: Fitted['effort']): boolean =>
  ask.thinkingSummary === true &&
  effort?.asked !== 'none' &&
  (model.efforts === undefined || Object.keys(model.efforts).length > 0);

/** The schema as the vendor takes it natively, or why it takes none. */
function nativeSchema({ ask, model, carries }: Fitting): ReturnType<typeof convert> {
  if (ask.schema === undefined || carries.schema === 'none' || model.json === false) {
    return { unfit: `${model.id} has no native JSON schema here` };
  }
  if (ask.rewrites?.includes('schema in words')) return { unfit: 'the provider refused it' };
  return carries.schema === 'as written' ? { schema: ask.schema, left: [] } : convert(ask.schema, carries.schema);
}

/** A schema that cannot be given natively is told in words. What a vendor does not follow of it is checked when it has answered. */
function fitSchema(fitting: Fitting): Pick<Ask, 'system' | 'schema'> {
  const { system, schema } = fitting.ask;
  const rest = system === undefined ? {} : { system };
  if (schema === undefined) return rest;
  const native = nativeSchema(fitting);
  const note = (how: string, why: string) => fitting.notes.push({ param: 'json_schema', asked: how, sent: how, why });
  if ('schema' in native) {
    if (native.left.length > 0) note('sent in part', `the provider does not enforce ${list(native.left)}, which we check`);
    return { ...rest, schema: native.schema };
  }
  // Who made the call again in words has told so.
  if (!fitting.ask.rewrites?.includes('schema in words')) note('sent in words', native.unfit);
  const instruction = `Answer with JSON only, without a code fence, that is valid against this JSON Schema:\n${JSON.stringify(schema)}`;
  return { system: system === undefined ? instruction : `${system}\n\n${instruction}` };
}

/** The system prompt, the schema and the turns; a system prompt that a vendor refuses as such begins the first turn. */
function fitWords(fitting: Fitting): Pick<Ask, 'system' | 'schema' | 'messages'> {
  const { messages, rewrites } = fitting.ask;
  const { system, ...rest } = fitSchema(fitting);
  if (system === undefined) return { ...rest, messages: alternate(messages) };
  if (!rewrites?.includes('system in turn')) return { ...rest, system, messages: alternate(messages) };
  return { ...rest, messages: alternate([userText(system), ...messages]) };
}

/**
 * The ask as this model takes it, by what is known of the model and the wire; every change is a Note. Pure. What nobody
 * knows to be wrong is sent as asked.
 */
export function fit(ask: Ask, model: ModelFacts, carries: Carries): Fitted {
  const fitting: Fitting = { ask, model, carries, notes: [] };
  const effort = fitEffort(fitting);
  const temperature = fitTemperature(fitting, effort);
  const maxTokens = fitMaxTokens(fitting);
  return {
    ask: {
      ...fitWords(fitting),
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { maxTokens }),
      ...(ask.oneOff || ask.rewrites?.includes('cache unmarked') ? { oneOff: true } : {}),
      ...(ask.webSearch ? { webSearch: true } : {}),
      ...(fitSummary(fitting, effort) ? { thinkingSummary: true } : {}),
    },
    ...(effort === undefined ? {} : { effort }),
    notes: fitting.notes,
  };
}
