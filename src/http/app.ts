import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import { readBody } from './body.ts';
import { type Gate, type Rejection, turnedAway } from './guard.ts';
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

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<Rejection | undefined> {
    const refused = turnedAway(request, gate);
    if (refused !== undefined) return refused;
    if (address(request) !== MCP_PATH) return { status: 404, message: `There is nothing here: the server is at ${MCP_PATH}` };
    const body = request.method === 'POST' ? await readBody(request, maxBodyBytes) : { json: undefined };
    if (body === 'too_large') return tooLarge(maxBodyBytes);
    if (body === 'malformed') return MALFORMED;
    if (await isLegacyRequest(asWebRequest(request), body.json)) return sessions.handle(request, response, body.json);
    if (hasTarget(request)) await serveModern(request, response, body.json);
    return undefined;
  }

  const server = createHttpServer((request, response) => {
    serve(request, response).then(
      (refused) => refused && reject(response, refused),
      (error: unknown) => {
        onError(error);
        reject(response, { status: 500, message: 'Switchboard failed on this request; its log says more' });
      },
    );
  });
  return {
    server,
    async close() {
      await Promise.all([modern.close(), sessions.close()]);
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
