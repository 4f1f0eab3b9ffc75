import type { Cost } from './money.ts';

/** The vocabulary of one exchange with a model. Every wire translates from and to these shapes and no others. */

/** Levels of thinking, weakest first. The union of what vendors offer; a model accepts some of these. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

type TextPart = { type: 'text'; text: string };
/** An image by value: `data` is base64 without the `data:` prefix. */
type ImagePart = { type: 'image'; mediaType: string; data: string };
/** An image by reference, fetched by the vendor and never by us. */
type ImageUrlPart = { type: 'image_url'; url: string };
/** A PDF by value: `data` is base64; `name` is what its owner calls it. */
type PdfPart = { type: 'pdf'; data: string; name?: string };
export type Part = TextPart | ImagePart | ImageUrlPart | PdfPart;

export type Message = { role: 'user' | 'assistant'; content: Part[] };

/** A JSON Schema (2020-12) that the answer has to match. */
type JsonSchema = { [key: string]: unknown };

/**
 * Ways of writing the same request that some vendors want and most do not: with the answer in one piece, without fields that are
 * only ours, with the output limit under its other name, with the schema or the system prompt in the words of the turns.
 */
export type Rewrite =
  | 'unstreamed'
  | 'usage unasked'
  | 'unstored'
  | 'cache unmarked'
  | 'other limit field'
  | 'schema in words'
  | 'system in turn';

/** A request to a model. Absent fields are not sent: a vendor's default stays the vendor's. */
export type Ask = {
  system?: string;
  messages: Message[];
  /** Output tokens, thinking included. */
  maxTokens?: number;
  temperature?: number;
  effort?: Effort;
  schema?: JsonSchema;
  /** Settings that its vendor refused: the profile of an agent does not set them again. */
  omit?: readonly ('temperature' | 'maxTokens' | 'effort')[];
  /** Ways in which the request is written otherwise than at first, because the vendor refused it so. */
  rewrites?: readonly Rewrite[];
  /** Nobody will go on from here, however many turns it has: nothing of it is worth writing to a cache. */
  oneOff?: boolean;
  /** Let the vendor search the web for it. */
  webSearch?: boolean;
  /** Ask for a summary of the thinking where it does not come by itself. */
  thinkingSummary?: boolean;
};

/** The reason of a model's stop: it was done, it hit a token limit, it (or its vendor's filter) refused, or as a Note tells. */
export type Stop = 'end' | 'length' | 'refused' | 'other';

/**
 * Tokens of one attempt. `input` excludes what the cache served or stored; `output` includes thinking.
 * `undefined` means that the vendor did not report it, which is never the same as 0.
 */
export type Usage = {
  input?: number;
  cacheRead?: number;
  cacheWrite?: number;
  output?: number;
  thinking?: number;
  /** Of `cacheWrite`, what is kept for an hour (Anthropic), which costs more. */
  cacheWriteHour?: number;
  /** The cost of the attempt as the vendor itself says it, in nano-dollars: its bill wins over any price list. */
  billed?: number;
  /** Searches of the web, which vendors bill one by one. */
  searches?: number;
};

/** A page that an answer rests on, as its vendor names it. */
export type Source = { url: string; title?: string };

/** A value that was changed on its way to the vendor: nothing is dropped in silence. `sent: null` means left out. */
export type Note = { param: string; asked: string; sent: string | null; why: string };

/** Keeps one Note of each change, with the last reason. */
export const eachOnce = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map((note) => [JSON.stringify([note.param, note.asked, note.sent]), note])).values(),
];

/** Provider and model ids, as in `provider/model`. */
export type ModelRef = { provider: string; model: string };

/** One try at one model. Times are milliseconds of wall time: the try itself, and what was waited before it. */
export type Attempt = ModelRef & {
  outcome: 'answered' | 'failed';
  kind?: string;
  status?: number;
  ms: number;
  waitedMs?: number;
  usage?: Usage;
  /** The cost of the try; absent until somebody has counted. */
  cost?: Cost;
  /** Until the first byte of the answer's body, in milliseconds. */
  firstByteMs?: number;
};

export type Answer = {
  text: string;
  /** The value that the text holds, where a schema was asked for. */
  json?: unknown;
  thinking?: string;
  /** Pages that the vendor found on the web and that the answer rests on. */
  sources?: Source[];
  stop: Stop;
  /** The time ran out before the model was done: `text` is what had arrived. */
  partial?: boolean;
  /** The provider that was called, and the model id it says it served. */
  served: ModelRef;
  usage: Usage;
  /** The cost of the whole call, failed attempts among it. */
  cost: Cost;
  /** It was given before and kept, this many milliseconds ago: nobody was asked. */
  cachedMs?: number;
  notes: Note[];
  attempts: Attempt[];
  /** Milliseconds: the whole call, and until the first byte of the answer's body. */
  timing: { totalMs: number; firstByteMs?: number };
};

/** `provider/model`, the form in which a model is named everywhere. */
export const refText = ({ provider, model }: ModelRef): string => `${provider}/${model}`;

/** A user message of plain text. */
export const userText = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
