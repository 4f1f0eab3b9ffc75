import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import { type Incoming, readMessages, type RpcError } from '../mcp/messages.ts';
import { type Body, createBodyReader } from './body.ts';
import { acceptBoth, allowPage, METHODS } from './cors.ts';
import { checkPlace, checkToken, type Gate, type Rejection } from './guard.ts';
import { createSessions } from './sessions.ts';

export type HttpOptions = {
  gate: Gate;
  maxBodyBytes: number;
  /** Our own failures. */
  onError: (error: unknown) => void;
  /** Requests that the protocol turns away: the client's doing, told to it. */
  onRejected: (error: Error) => void;
};

export type HttpApp = { server: Server; close: () => Promise<void> };

/** Where the protocol is served. */
export const MCP_PATH = '/mcp';

const SESSIONS = { max: 256, idleMs: 30 * 60_000 };

/** JSON-RPC leaves -32000 to -32099 to servers. */
const SERVER_ERROR = -32_000;

/** Every refusal has the shape of JSON-RPC, which is what the client on the other side reads. */
function reject(response: ServerResponse, { status, message, code = SERVER_ERROR, headers }: Rejection): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }));
}

/** Bytes as megabytes, to one place. */
const megabytes = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10;

const tooLarge = (maxBytes: number): Rejection => ({
  status: 413,
  message: `The request is larger than ${megabytes(maxBytes)} MB, which is what http.max_body_mb allows`,
  // What was not read is still on its way: the connection cannot be used again.
  headers: { connection: 'close' },
});

const BUSY: Rejection = {
  status: 503,
  message: 'Too many large requests are being read at this moment: send it again in a second',
  headers: { connection: 'close', 'retry-after': '1' },
};

const NO_METHOD: Rejection = {
  status: 405,
  message: `The server takes ${METHODS.join(', ')}`,
  headers: { allow: METHODS.join(', ') },
};

/** The time in which a client has to send the head and the body of a request, in milliseconds. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 };

const MAX_CONNECTIONS = 1024;

const MALFORMED: Rejection = { status: 400, code: -32_700, message: 'The body is not valid JSON' };

const address = ({ url = '/' }: IncomingMessage): string => new URL(url, 'http://localhost').pathname;

/** True of every request that a server receives; the type covers responses to a client too. */
const hasTarget = (message: IncomingMessage): message is IncomingMessage & { method: string; url: string } =>
  message.method !== undefined && message.url !== undefined;

/** What the era is judged by: the method, the headers and the parsed body. */
function asWebRequest({ method = 'GET', headers }: IncomingMessage): Request {
  const plain = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return new Request(`http://localhost${MCP_PATH}`, { method, headers: plain });
}

const refusalIn = (one: Incoming): RpcError[] => ('refusal' in one ? [one.refusal] : []);

/** Reads a body as messages: what the protocol's library gets in its place, or the errors that answer it. */
function readBodyMessages(json: unknown): { json: unknown } | { refusals: RpcError | RpcError[] } {
  if (json === undefined) return { json };
  const { batch, incoming } = readMessages(json);
  const refusals = incoming.flatMap(refusalIn);
  const [first] = refusals;
  if (first !== undefined) return { refusals: batch ? refusals : first };
  const messages = incoming.map((one) => ('message' in one ? one.message : undefined));
  return { json: batch ? messages : messages[0] };
}

/** Answers messages that cannot be read; one without an id that can be answered is the client's bad request. */
function answerRefused(response: ServerResponse, refusals: RpcError | RpcError[]): void {
  const hasId = [refusals].flat().some(({ id }) => id !== null);
  response.writeHead(hasId ? 200 : 400, { 'content-type': 'application/json' }).end(JSON.stringify(refusals));
}

/** Why a body cannot be read, as the client is told. */
const toRejection = (body: Exclude<Body, object>, maxBytes: number): Rejection =>
  ({ too_large: tooLarge(maxBytes), malformed: MALFORMED, busy: BUSY })[body];

/**
 * Streamable HTTP for both eras on one path: 2025-era requests go to sessions of their own, the rest to the stateless handler.
 * `newServer` makes one MCP server per session or request.
 */
export function createHttpApp(
  newServer: () => Promise<McpServer>,
  { gate, maxBodyBytes, onError, onRejected }: HttpOptions,
): HttpApp {
  const modern = createMcpHandler(newServer, { legacy: 'reject', onerror: onRejected, maxRequestBodySize: maxBodyBytes });
  const serveModern = toNodeHandler(modern, { onerror: onError, maxRequestBodySize: maxBodyBytes });
  const sessions = createSessions(newServer, SESSIONS);
  const readBody = createBodyReader(maxBodyBytes);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<Rejection | undefined> {
    const { method = 'GET' } = request;
    if (!METHODS.some((one) => one === method)) return NO_METHOD;
    const misplaced = checkPlace(request, gate);
    if (misplaced !== undefined) return misplaced;
    // A browser sends no token with a preflight.
    if (allowPage(request, response)) return undefined;
    const refused = checkToken(request, gate);
    if (refused !== undefined) return refused;
    if (address(request) !== MCP_PATH) return { status: 404, message: `There is nothing here: the server is at ${MCP_PATH}` };
    const body = method === 'POST' ? await readBody(request) : { json: undefined };
    if (typeof body === 'string') return toRejection(body, maxBodyBytes);
    const read = readBodyMessages(body.json);
    if ('refusals' in read) {
      answerRefused(response, read.refusals);
      return undefined;
    }
    acceptBoth(request);
    if (await isLegacyRequest(asWebRequest(request), read.json)) return sessions.handle(request, response, read.json);
    if (hasTarget(request)) await serveModern(request, response, read.json);
    return undefined;
  }

  const server = createHttpServer(TIMES, (request, response) => {
    serve(request, response).then(
      (refused) => refused && reject(response, refused),
      (error: unknown) => {
        onError(error);
        reject(response, { status: 500, message: 'Switchboard failed on this request; its log says more' });
      },
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    server,
    async close() {
      await Promise.all([modern.close(), sessions.close()]);
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
