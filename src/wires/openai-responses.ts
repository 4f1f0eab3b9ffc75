import type { Message, Part, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { OPENAI } from '../structure/dialects.ts';
import { billOf } from './bill.ts';
import { flatBody } from './body.ts';
import { countIn, outputOf } from './counts.ts';
import { type Carries, fit, type Fitted } from './fit.ts';
import { connectOpenAI } from './openai-client.ts';
import { PDF, pdfName } from './pdf.ts';
import { type Json, less, obj } from './read.ts';
import { decode, END } from './responses-events.ts';
import { rewritten, WORDS_REWRITTEN } from './rewritten.ts';
import { boundUnasked } from './thinking-budget.ts';
import type { Call, Quirks, Wire } from './wire.ts';

type Field = Record<string, unknown>;

// 16 is the least that the API takes as `max_output_tokens`.
const carries = ({ pdf }: Quirks): Carries => ({
  imageUrls: true,
  pdfs: pdf === 'unsupported' ? 'none' : 'models',
  search: 'any',
  schema: OPENAI,
  maxTemperature: 2,
  minOutput: 16,
});

function part(piece: Part): Field {
  if (piece.type === 'text') return { type: 'input_text', text: piece.text };
  if (piece.type === 'pdf')
    return { type: 'input_file', filename: pdfName(piece), file_data: `data:${PDF};base64,${piece.data}` };
  const url = piece.type === 'image' ? `data:${piece.mediaType};base64,${piece.data}` : piece.url;
  return { type: 'input_image', image_url: url };
}

/** What the model said itself goes back as a string: in parts it is the output of a response that some vendors want to know by its id. */
const turn = ({ role, content }: Message): Field => ({
  role,
  content:
    role === 'user' ? content.map(part) : content.flatMap((piece) => (piece.type === 'text' ? [piece.text] : [])).join('\n\n'),
});

/** Where a schema goes. */
const FORMAT: Record<NonNullable<Quirks['schemaField']>, (schema: unknown) => Field> = {
  'text.format': (schema) => ({ text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } } }),
  response_format: (schema) => ({ response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
};

/** Who answers: a model, or a set-up of the vendor's that chooses one. */
function chosen(id: string, own: Quirks['own']): Field {
  if (own === undefined || id.includes('/')) return { model: id };
  return own.presets.includes(id) ? { preset: id } : { model: `${own.prefix}${id}` };
}

function reasoning({ ask, effort, notes }: Fitted, { summaries }: Quirks): Field {
  const summary = ask.thinkingSummary && summaries !== 'unsupported' ? 'auto' : undefined;
  if (ask.thinkingSummary && summary === undefined)
    notes.push({ param: 'thinking_summary', asked: 'true', sent: null, why: 'this vendor has no such parameter' });
  const said = defined({ effort: effort?.sent, summary });
  return Object.keys(said).length === 0 ? {} : { reasoning: said };
}

function encode({ ask, model, quirks = {} }: Call) {
  const fitting = fit(ask, model, carries(quirks));
  const { ask: fitted, notes } = fitting;
  const bound = quirks.boundFor !== undefined && model.id.startsWith(quirks.boundFor) ? boundUnasked(model) : undefined;
  const maxTokens = fitted.maxTokens ?? bound;
  return {
    notes,
    body: rewritten(ask, {
      ...chosen(model.id, quirks.own),
      ...(fitted.system === undefined ? {} : { instructions: fitted.system }),
      input: fitted.messages.map(turn),
      ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
      ...(fitted.temperature === undefined ? {} : { temperature: fitted.temperature }),
      ...reasoning(fitting, quirks),
      ...(fitted.webSearch ? { tools: [{ type: 'web_search' }] } : {}),
      ...(fitted.schema === undefined ? {} : FORMAT[quirks.schemaField ?? 'text.format'](fitted.schema)),
      // Without this OpenAI keeps prompt and answer for 30 days.
      store: false,
      stream: true,
    }),
  };
}

/** `input_tokens` includes the cache, `output_tokens` includes thinking. */
function usageOf(usage: Json, { quirks: { bill } = {} }: Call): Usage {
  const cacheRead = countIn(usage['input_tokens_details'], 'cached_tokens', 'cache_read_input_tokens');
  const cacheWrite = countIn(usage['input_tokens_details'], 'cache_write_tokens', 'cache_creation_input_tokens');
  const input = countIn(usage, 'input_tokens');
  return defined({
    input: less(input, cacheRead, cacheWrite),
    cacheRead,
    cacheWrite,
    ...outputOf({
      input,
      output: countIn(usage, 'output_tokens'),
      thinking: countIn(usage['output_tokens_details'], 'reasoning_tokens'),
      cached: (cacheRead ?? 0) + (cacheWrite ?? 0),
      total: countIn(usage, 'total_tokens'),
    }),
    searches: countIn(obj(usage['tool_calls_details'])['search_web'], 'invocation'),
    billed: bill === undefined ? undefined : billOf(usage, bill),
  });
}

/** OpenAI's Responses API. https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Wire = {
  id: 'openai-responses',
  framing: { named: false, end: JSON.stringify({ type: END }) },
  carries,
  encode,
  decode,
  usageOf,
  rewrites: [...WORDS_REWRITTEN, 'unstreamed', 'unstored'],
  ...flatBody(['max_output_tokens'], ['input', 'instructions']),
  connect: (fetch, site) => connectOpenAI(fetch, site, '/responses'),
};
