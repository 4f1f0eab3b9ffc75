import { PROTOCOL_VERSION_META_KEY, specTypeSchemas } from '@modelcontextprotocol/server';
import { isObject, type JsonObject } from '../core/json-object.ts';
import { list } from '../core/text.ts';

/** The id of a request, as JSON-RPC allows it. */
type Id = string | number;

/** An error as JSON-RPC writes it; `id` is null where the message had none that can be answered. */
export type RpcError = { jsonrpc: '2.0'; id: Id | null; error: { code: number; message: string } };

/** One message as the protocol's library takes it, or the error that answers it. */
export type Incoming = { message: JsonObject; id?: Id } | { refusal: RpcError };

const INVALID_REQUEST = -32_600;
const INVALID_PARAMS = -32_602;

/** The most messages of one batch: a flood of them would hold everybody else up. */
export const MAX_BATCH = 100;

/** The deepest nesting of a message: no call of ours needs more, and recursion over more ends a program. */
const MAX_DEPTH = 200;

export const refuse = (id: Id | null, message: string, code = INVALID_REQUEST): RpcError => ({
  jsonrpc: '2.0',
  id,
  error: { code, message },
});

const isId = (id: unknown): id is Id => typeof id === 'string' || Number.isSafeInteger(id);

/** Tells whether a value is nested deeper than any message needs; without recursion, because it may be. */
function isTooDeep(value: unknown): boolean {
  const isNested = (one: unknown): one is object => typeof one === 'object' && one !== null;
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => Object.values(one).filter(isNested));
  }
  return false;
}

/** Returns an object without the keys that are null: clients write null for what they leave out. */
const dropNulls = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

const dropNullsIn = (object: JsonObject, key: string): JsonObject =>
  isObject(object[key]) ? { ...object, [key]: dropNulls(object[key]) } : object;

/** The shape of each request whose parts the library checks; its own words about them are no sentences. */
const SHAPES = {
  initialize: specTypeSchemas.InitializeRequest,
  'tools/call': specTypeSchemas.CallToolRequest,
  'tools/list': specTypeSchemas.ListToolsRequest,
  'resources/list': specTypeSchemas.ListResourcesRequest,
  'resources/read': specTypeSchemas.ReadResourceRequest,
  'resources/templates/list': specTypeSchemas.ListResourceTemplatesRequest,
  'completion/complete': specTypeSchemas.CompleteRequest,
  'prompts/get': specTypeSchemas.GetPromptRequest,
} as const;

const hasShape = (method: string): method is keyof typeof SHAPES => Object.hasOwn(SHAPES, method);

/** True of a request that names its revision itself, as those of 2026-07-28 do: that revision has no `initialize`. */
const namesRevision = ({ params }: JsonObject): boolean =>
  isObject(params) && isObject(params['_meta']) && PROTOCOL_VERSION_META_KEY in params['_meta'];

/** Says what is wrong with the parts of a request; undefined where nothing is. */
function describeWrongParts(message: JsonObject & { method: string }): string | undefined {
  if (!hasShape(message.method)) return undefined;
  if (message.method === 'initialize' && namesRevision(message)) return undefined;
  const checked = SHAPES[message.method]['~standard'].validate(message);
  if (checked instanceof Promise || checked.issues === undefined) return undefined;
  const paths = checked.issues.map(({ path = [] }) =>
    path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
  );
  const distinct = [...new Set(paths.filter((path) => path !== ''))].slice(0, 3);
  if (distinct.length === 0) return `${message.method}: the request is not in the form that the protocol gives it`;
  return `${message.method}: ${list(distinct)} ${distinct.length === 1 ? 'is' : 'are'} missing or not of the type that the protocol gives`;
}

function readRequest(raw: JsonObject): Incoming {
  const { id, method, params, ...others } = raw;
  const isRequest = 'id' in raw;
  if (isRequest && !isId(id)) return { refusal: refuse(null, 'The id of a request has to be a text or a whole number') };
  const answerTo = isId(id) ? id : null;
  if (typeof method !== 'string') return { refusal: refuse(answerTo, 'The method of a request has to be a text') };
  if (params !== undefined && params !== null && !isObject(params))
    return { refusal: refuse(answerTo, `${method}: params has to be an object of named values`, INVALID_PARAMS) };
  const given = isObject(params) ? dropNullsIn(dropNulls(params), '_meta') : undefined;
  const message = { ...others, jsonrpc: '2.0', method, ...(isId(id) && { id }), ...(given && { params: given }) };
  const wrong = isId(id) ? describeWrongParts(message) : undefined;
  if (wrong !== undefined) return { refusal: refuse(answerTo, wrong, INVALID_PARAMS) };
  return { message, ...(isId(id) && { id }) };
}

function readOne(raw: unknown): Incoming {
  if (!isObject(raw)) return { refusal: refuse(null, 'A message has to be a JSON object') };
  const { jsonrpc = '2.0' } = raw;
  const id = isId(raw['id']) ? raw['id'] : null;
  if (jsonrpc !== '2.0' && jsonrpc !== null) return { refusal: refuse(id, 'jsonrpc has to be "2.0"') };
  if ('method' in raw) return readRequest(raw);
  if (('result' in raw || 'error' in raw) && id !== null) return { message: { ...raw, jsonrpc: '2.0' } };
  return { refusal: refuse(id, 'A message has to have a method, or the result of a request') };
}

/**
 * Reads what a client sent, once parsed, before the protocol's library does: null counts as absent,
 * a missing `jsonrpc` is filled in, and a batch is read as its messages. What cannot be read is
 * refused in a sentence, under its id where it has one. Pure.
 */
export function readMessages(raw: unknown): { batch: boolean; incoming: Incoming[] } {
  const refused = (message: string) => ({ batch: false, incoming: [{ refusal: refuse(null, message) }] });
  if (isTooDeep(raw)) return refused(`The message is nested more than ${MAX_DEPTH} deep`);
  if (!Array.isArray(raw)) return { batch: false, incoming: [readOne(raw)] };
  if (raw.length === 0) return refused('The batch is empty');
  if (raw.length > MAX_BATCH) return refused(`The batch holds more than ${MAX_BATCH} messages`);
  return { batch: true, incoming: raw.map(readOne) };
}
