import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { isInitializeRequest, type McpServer } from '@modelcontextprotocol/server';
import type { Rejection } from './guard.ts';

type Session = {
  transport: NodeStreamableHTTPServerTransport;
  server: McpServer;
  /** Requests under way, open streams among them. */
  open: number;
  usedAt: number;
};

export type SessionLimits = { max: number; idleMs: number };

export type Sessions = {
  /** Serves a 2025-era request; says why when it cannot. */
  handle: (request: IncomingMessage, response: ServerResponse, body: unknown) => Promise<Rejection | undefined>;
  close: () => Promise<void>;
};

const GONE: Rejection = { status: 404, message: 'There is no such session (any more): initialize again' };
const NOT_BEGUN: Rejection = {
  status: 400,
  message: 'Send an initialize request first, then its Mcp-Session-Id with every request',
};
const FULL: Rejection = { status: 503, message: 'Too many sessions are busy: try again in a moment' };

/**
 * The sessions of 2025-era clients. They are kept, because without one a client's cancel and its name are lost; they are capped
 * and those that nobody uses are closed, because clients seldom say goodbye.
 */
export function createSessions(newServer: () => Promise<McpServer>, { max, idleMs }: SessionLimits): Sessions {
  const sessions = new Map<string, Session>();

  const end = async (id: string) => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.transport.close();
    await session?.server.close();
  };

  const idle = () => [...sessions].filter(([, session]) => session.open === 0).toSorted(([, a], [, b]) => a.usedAt - b.usedAt);

  const sweep = setInterval(
    () => {
      const oldest = Date.now() - idleMs;
      for (const [id, { usedAt }] of idle()) if (usedAt < oldest) void end(id);
    },
    Math.min(idleMs, 60_000),
  );
  sweep.unref();

  async function begin(): Promise<Session | undefined> {
    const eldest = idle()[0];
    if (sessions.size >= max && eldest !== undefined) await end(eldest[0]);
    if (sessions.size >= max) return undefined;
    const server = await newServer();
    const session: Session = {
      server,
      open: 0,
      usedAt: Date.now(),
      transport: new NodeStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, session),
        onsessionclosed: (id) => void sessions.delete(id),
      }),
    };
    await server.connect(session.transport);
    return session;
  }

  return {
    async handle(request, response, body) {
      const id = request.headers['mcp-session-id'];
      const first = id === undefined && isInitializeRequest(body);
      const session = first ? await begin() : sessions.get(String(id));
      if (session === undefined && first) return FULL;
      if (session === undefined) return id === undefined ? NOT_BEGUN : GONE;
      session.open += 1;
      response.once('close', () => {
        session.open -= 1;
        session.usedAt = Date.now();
      });
      await session.transport.handleRequest(request, response, body);
      return undefined;
    },
    async close() {
      clearInterval(sweep);
      await Promise.all([...sessions.keys()].map(end));
    },
  };
}
