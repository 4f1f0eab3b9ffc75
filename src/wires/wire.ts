import type { Ask, Note, Rewrite, Source, Stop, Usage } from '../core/chat.ts';
import type { ModelFacts } from '../core/model.ts';
import type { Framing } from '../net/event-reader.ts';
import type { Bill } from './bill.ts';
import type { BodyFacts } from './body.ts';
import type { Counts } from './counts.ts';
import type { Carries } from './fit.ts';

/** The five wire protocols that all of the vendors speak. */
export const WIRES = ['openai-chat', 'openai-responses', 'anthropic-messages', 'google-generate', 'bedrock-converse'] as const;
export type WireId = (typeof WIRES)[number];

/**
 * The differences between vendors of one protocol, most of them of OpenAI's two. Every field is a fact of a vendor's
 * documentation; absent means as the protocol's own vendor does it.
 */
export type Quirks = {
  /** The field that bounds the output. Most compatible vendors never took OpenAI's newer name. */
  maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /**
   * The way in which an effort is said: `reasoning_effort`, `reasoning: { effort }`, not at all, or `reasoning_effort` beside a
   * switch: `reasoning: { enabled }`, `thinking: { type }` that is `enabled` or `adaptive` when it is on, `enable_thinking`.
   */
  effort?: 'reasoning_effort' | 'reasoning' | 'reasoning_enabled' | 'thinking' | 'adaptive' | 'enable_thinking' | 'unsupported';
  /**
   * The field that takes a JSON schema: `response_format` with the schema, the same in OpenAI's strict mode, plain JSON mode, or
   * nothing.
   */
  json?: 'schema' | 'strict' | 'object' | 'unsupported';
  /** The role that carries the system prompt. */
  systemRole?: 'system' | 'developer';
  /** `stream_options.include_usage` has to be sent (`yes`, as OpenAI) or breaks the vendor (`no`). */
  streamUsage?: 'yes' | 'no';
  /** The form of the vendor's own bill in its usage, where it sends one: see `bill.ts`. */
  bill?: Bill;
  /** Images by https URL are taken, besides data URLs. */
  imageUrls?: boolean;
  /** The most characters of base64 that one image may have. */
  imageChars?: number;
  /**
   * The part of a message that holds a PDF: OpenAI's `file`; the same with its media type apart; `document_url` with a data
   * URL; or none.
   */
  pdf?: 'file' | 'typed_file' | 'document_url' | 'unsupported';
  /** The vendor itself reads PDFs to models that cannot. */
  pdfForAll?: boolean;
  /** The field or tool by whose name the vendor is told to search the web in a chat. Absent: it cannot. */
  webSearch?: 'web_search_options' | 'enable_search' | 'openrouter:web_search' | 'web_search' | 'browser_search';
  /** Models whose id begins so want to be told what of a conversation to keep in the cache. */
  cacheMark?: string;
  /** The highest temperature, where it is not 2. */
  maxTemperature?: number;
  /** The field in which a response takes a JSON schema: `text.format`, or the `response_format` of chats. */
  schemaField?: 'text.format' | 'response_format';
  /** A response cannot be asked for a summary of its thinking. */
  summaries?: 'unsupported';
  /** Models whose id begins so have to be told how much they may say. */
  boundFor?: string;
  /** Models go by names that the user gave them (deployments), so that the served one's name proves nothing. */
  ownNames?: boolean;
  /**
   * The way in which the models behind Amazon's Converse are told how hard to think: in the API's own field, beside that to think
   * at all (`adaptive`), or in a field of their own.
   */
  converseEffort?: 'effort' | 'adaptive' | 'reasoning_effort' | 'reasoning' | 'reasoning_config' | 'reasoningConfig';
  /** The version of Anthropic's protocol where the address names the model and whether it streams, as Google serves it. */
  rawPredict?: string;
  /** It may cut a prompt to its context without a word, as servers at home do. */
  cutsPrompts?: true;
  /** The names of its own models and ready-made set-ups, where others' models are named by their makers, as in `maker/model`. */
  own?: { prefix: string; presets: readonly string[] };
};

/** A piece of an answer as it arrives. `collect` adds them up. */
export type Delta = {
  text?: string;
  thinking?: string;
  sources?: Source[];
  /** Usage in the vendor's own terms, whole or in part: `usageOf` reads it once all of it is there. */
  counts?: Counts;
  /** Searches of the web, where they are not counted with the rest. */
  searches?: number;
  stop?: Stop;
  notes?: Note[];
  /** The model refused in words of its own, whatever it stops for in the end. */
  refused?: boolean;
  /** The model id that the vendor says it served. */
  model?: string;
  /** Something that is no text stands behind `text`: what follows is set off by a blank line. */
  gap?: boolean;
  /** The message that `text` and `phase` belong to, where an answer may have several. */
  message?: string;
  /** The part that a message plays: on the way to the answer, or the answer itself. */
  phase?: 'commentary' | 'final';
  /** `text` and `thinking` repeat what pieces have said before: they count where no piece had text. */
  repeats?: boolean;
  /** Something that came in place of text: `an image`. */
  other?: string;
  /** The end of the protocol: `done` where nothing follows, `usage` where nothing but an end is due. */
  end?: 'done' | 'usage';
};

/** A piece of an answer for those who only listen: usage is as far as this piece tells. */
export type Heard = Pick<Delta, 'text' | 'thinking'> & { usage?: Usage };

/** The input of a wire: the ask, what is known of the model, and the vendor's quirks. */
export type Call = { ask: Ask; model: ModelFacts; quirks?: Quirks };

/** A whole answer of one attempt. */
export type Reply = {
  text: string;
  thinking?: string;
  sources?: Source[];
  stop: Stop;
  model?: string;
  usage: Usage;
  notes: Note[];
};

/** The function that every vendor SDK is given in place of the global `fetch`. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Starts one exchange: `body` as `encode` made it. The events are the vendor's own. */
type Exchange = (body: Record<string, unknown>, signal: AbortSignal) => Promise<AsyncIterable<unknown>>;

/** The place where a client is to connect. */
export type Site = {
  /** The API's root. */
  baseUrl: string;
  /** The provider's settings (`region`), for SDKs that want them. */
  settings: Readonly<Record<string, string>>;
  quirks?: Quirks;
  /** The SDK signs requests by itself, with the machine's credentials. */
  signed?: boolean;
  /** Joined into every request's body: parameters that the user sets and we do not model. */
  extraBody?: Readonly<Record<string, unknown>>;
};

/** Builds the vendor's SDK client for one endpoint; imported lazily and kept for the life of the process. */
export type Connect = (fetch: Fetch, site: Site) => Promise<Exchange>;

/** A wire protocol: pure functions and one effect (`connect`). It knows no vendor names, keys, retries or logs. */
export type Wire = BodyFacts & {
  id: WireId;
  /** The form in which the vendor's SDK wants its events. */
  framing: Framing;
  /** Says what it can carry, whatever the model. */
  carries: (quirks: Quirks) => Carries;
  /** Other ways in which it can write a request. */
  rewrites: readonly Rewrite[];
  /** The vendor's request for a call, and a Note for each value that had to change. Pure. */
  encode: (call: Call) => { body: Record<string, unknown>; notes: Note[] };
  /** Reads one of the vendor's events, in order. Pure; throws `StreamFault` for an error event. */
  decode: (event: unknown, call: Call) => readonly Delta[];
  /** Usage in our terms, by this wire's conventions. Pure. */
  usageOf: (counts: Counts, call: Call) => Usage;
  connect: Connect;
};
