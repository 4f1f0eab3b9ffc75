import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import type { Caller } from '../engine/request.ts';
import { parseArguments } from './arguments.ts';
import type { ResultLimit } from './render/shorten.ts';

/** What a tool is given besides its arguments, and all it may use. */
export type ToolContext = {
  engine: Engine;
  signal?: AbortSignal;
  /** When the tool was called, by `performance.now()`: all that a call does counts against its time. */
  begunAt?: number;
  /** Tells whoever waits how far it is, in one line; called as often as there is news. */
  progress?: (line: string) => void;
  /** Whose model the host itself runs on, where that is known: `anthropic`, `openai`, `google`. */
  hostFamily?: string;
  /** The tool that is running, and an id for all that is asked on its behalf, for the ledger and the ceilings of one call. */
  tool?: string;
  call?: string;
  /** The calling program's own name. */
  agent?: string;
  /** Whose conversations and results are within reach: a fingerprint of the caller's token; absent: the machine's own user. */
  owner?: string;
  /** The caller is not the machine's own user: only folders that the command line allows may be read. */
  remote?: boolean;
  /** The host's workspace, empty where it names no folder of this machine; undefined where it knows no workspaces. */
  hostRoots?: () => Promise<string[] | undefined>;
  /** The most of a result that the host passes on whole. If omitted, there is no limit. */
  limit?: ResultLimit;
  /** Tells whether the caller can use a tool of this name. If omitted, it can use all. */
  offers?: (tool: string) => boolean;
};

/** Who calls the engine, of all that a tool is given. */
export const callerOf = ({ signal, hostFamily, tool, call, agent, owner }: ToolContext): Caller => ({
  signal,
  hostFamily,
  tool,
  call,
  agent,
  owner,
});

export type ToolResult = {
  /** What the host's model reads. */
  text: string;
  /** The line that stands for the whole result where only a part of it is shown. */
  opening?: string;
  /** A few facts for programs. Some hosts show them to their model, so they are few. */
  meta?: Record<string, unknown>;
  /** All facts for programs, under the same keys, for a command line. If omitted, `meta` has them. */
  data?: Record<string, unknown>;
  /** The bare answer, for a command line; hosts never get it twice. */
  body?: string;
  /** What stands under the answer, for a command line. */
  foot?: string;
  /** All of it, where `text` is only a part: kept, and fetched with get_result. */
  whole?: string;
  /** What the result points to, for hosts that fetch resources. */
  link?: { uri: string; name: string; description: string };
  /** Marks an answer that the time cut short. */
  partial?: boolean;
  /** Marks a result that is an error. */
  failed?: boolean;
};

/** `asks` reaches other models, costs money and changes nothing; `reads` only looks. Annotations follow from it. */
type ToolKind = 'asks' | 'reads';

type Definition<Shape extends z.ZodRawShape> = {
  name: string;
  title: string;
  kind: ToolKind;
  description: string;
  input: z.ZodObject<Shape>;
  run: (args: z.output<z.ZodObject<Shape>>, context: ToolContext) => Promise<ToolResult>;
};

type JsonObject = { [key: string]: unknown };

export type Tool = {
  name: string;
  title: string;
  description: string;
  inputSchema: { type: 'object'; properties: Record<string, JsonObject>; required?: string[] };
  annotations: { readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean; openWorldHint: boolean };
  /** Takes what the host sent, whatever it is; throws an `input` failure that teaches when it does not fit. */
  run: (raw: unknown, context: ToolContext) => Promise<ToolResult>;
};

const ANNOTATIONS: Record<ToolKind, Tool['annotations']> = {
  asks: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  reads: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
};

/** Only limits up to this are worth their tokens in a definition. */
const MAX_LISTED = 10;

/** Lengths of strings and long lists are ours to check; in a definition they would cost tokens in every session. */
function withoutLengths(schema: unknown): JsonObject {
  const {
    minLength: _min,
    maxLength: _max,
    maxItems,
    items,
    ...rest
  }: JsonObject = typeof schema === 'object' ? { ...schema } : {};
  return {
    ...rest,
    ...(typeof maxItems === 'number' && maxItems <= MAX_LISTED ? { maxItems } : {}),
    ...(items === undefined ? {} : { items: withoutLengths(items) }),
  };
}

/** zod's JSON Schema without what hosts stumble over: `$schema` costs tokens, `additionalProperties: false` breaks those that add arguments. */
function schemaOf(input: z.ZodObject): Tool['inputSchema'] {
  const { properties = {}, required } = z.toJSONSchema(input, { io: 'input' });
  const plain = Object.entries(properties).map(([key, value]) => [key, withoutLengths(value)]);
  return {
    type: 'object',
    properties: Object.fromEntries(plain),
    ...(required === undefined ? {} : { required: [...required] }),
  };
}

/** A tool from its definition: its own argument checks (the SDK would strip unknown ones in silence), schema and annotations. */
export function defineTool<Shape extends z.ZodRawShape>({ kind, input, run, ...facts }: Definition<Shape>): Tool {
  const inputSchema = schemaOf(input);
  return {
    ...facts,
    inputSchema,
    annotations: ANNOTATIONS[kind],
    run: async (raw, context) =>
      run(parseArguments(facts.name, input, inputSchema, raw), {
        ...context,
        begunAt: performance.now(),
        tool: facts.name,
        call: crypto.randomUUID(),
      }),
  };
}

/** A description from sentences. */
export const lines = (...sentences: string[]): string => sentences.join(' ');
