import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { isInitializeRequest, type McpServer } from '@modelcontextprotocol/server';
import type { Rejection } from './guard.ts';

type Session = {
  transport: NodeStreamableHTTPServerTransport;
  server: McpServer;
  /** Requests under way. */
  working: number;
  /** Open streams on which the client only listens. */
  listening: number;
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

  /** Lists the sessions without work, the longest unused first; those that somebody listens to come last. */
  const listIdle = () =>
    [...sessions]
      .filter(([, { working }]) => working === 0)
      .toSorted(([, a], [, b]) => Number(a.listening > 0) - Number(b.listening > 0) || a.usedAt - b.usedAt);

  const sweep = setInterval(
    () => {
      const oldest = Date.now() - idleMs;
      for (const [id, { usedAt, listening }] of listIdle()) if (listening === 0 && usedAt < oldest) void end(id);
    },
    Math.min(idleMs, 60_000),
  );
  sweep.unref();

  /** Sessions whose server is being made. */
  let beginning = 0;

  async function begin(): Promise<Session | undefined> {
    // A stream that is only listened to is no reason to lock everybody else out.
    const [eldest] = listIdle();
    if (sessions.size + beginning >= max && eldest !== undefined) await end(eldest[0]);
    if (sessions.size + beginning >= max) return undefined;
    beginning += 1;
    const server = await newServer().finally(() => (beginning -= 1));
    const session: Session = {
      server,
      working: 0,
      listening: 0,
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
      const part = request.method === 'GET' ? 'listening' : 'working';
      session[part] += 1;
      response.once('close', () => {
        session[part] -= 1;
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
