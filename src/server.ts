import { fileURLToPath } from 'node:url';
import {
  type CallToolResult,
  CLIENT_INFO_META_KEY,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { defined } from './core/defined.ts';
import { Failure, failureIn } from './core/errors.ts';
import { clip, duration, oneLine } from './core/text.ts';
import type { Engine } from './engine/engine.ts';
import { boundResult } from './tools/bounded.ts';
import type { Tool, ToolContext, ToolResult } from './tools/define.ts';
import { familyOf, hostModelIn, limitFor } from './tools/hosts.ts';
import { type Reachable, writeHints, writeInstructions } from './tools/instructions.ts';
import { avoidUnoffered, offered } from './tools/offered.ts';
import { failureText, renderFailure } from './tools/render/failure.ts';
import { RESOURCES } from './tools/resources.ts';

const NAME = 'switchboard';

const DEFECT = 'Switchboard failed on this call because of a defect of its own; its log on stderr says more';

/** How long a host may take to say what its workspace is, in milliseconds. */
const ROOTS_TIMEOUT_MS = 3000;

/** Callers who are not the machine's own user. */
type Remote = {
  owner: string;
  /**
   * Nobody proved who they are, so each session is an owner of its own. A client without a session
   * reaches what it knows the id of, and is shown no list of what there is.
   */
  perSession: boolean;
};

export type ServerDeps = {
  version: string;
  tools: readonly Tool[];
  /** Names the providers that can be called, for the instructions. Never throws; if omitted, none is named. */
  reach?: () => Promise<readonly Reachable[]>;
  /** Built at the first call; a broken config is told at each call, and read again at the next. */
  engine: () => Promise<Engine>;
  /** Set where callers are not the machine's own user: whose conversations and results they reach. */
  remote?: Remote;
  /** Where defects go: never to the host. */
  onDefect: (error: unknown) => void;
};

/** How often a client is told how far its call is, in milliseconds; hosts give up on a silent one. */
const TELL_EVERY_MS = 5000;

/**
 * Reports progress to a client that asked for it: at once, then every few seconds, ever higher, and
 * always with the time that the call has taken. Returns where news goes, and the end of it.
 */
function teller({ mcpReq }: ServerContext): { progress?: (line: string) => void; end: () => void } {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { end: () => undefined };
  const start = performance.now();
  let line = 'preparing the call';
  const tell = () => {
    const elapsedMs = Math.round(performance.now() - start);
    const progress = elapsedMs / 1000;
    const message = `${line}, ${duration(elapsedMs)}`;
    mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, message } }).catch(() => undefined);
  };
  tell();
  const timer = setInterval(tell, TELL_EVERY_MS);
  return { progress: (news) => void (line = news), end: () => clearInterval(timer) };
}

/** The name of the program that calls: in the request's envelope since 2026-07-28, from the handshake before. */
function clientName(server: McpServer, { mcpReq }: ServerContext): string | undefined {
  const envelope: Record<string, unknown> = { ...mcpReq.envelope };
  const info = envelope[CLIENT_INFO_META_KEY] ?? server.server.getClientVersion();
  return typeof info === 'object' && info !== null && 'name' in info && typeof info.name === 'string' ? info.name : undefined;
}

const toMcp = ({ text, meta, link, failed }: ToolResult): CallToolResult => ({
  content: [
    { type: 'text', text },
    ...(link === undefined ? [] : [{ type: 'resource_link' as const, ...link, mimeType: 'text/plain' }]),
  ],
  ...defined({ _meta: meta, isError: failed || undefined }),
});

/** What passes every argument through, for tools that check their own, and shows hosts their JSON Schema. */
const unchecked = ({ inputSchema }: Tool) => ({
  '~standard': {
    version: 1 as const,
    vendor: NAME,
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => inputSchema, output: () => inputSchema },
  },
});

/** The one place where a thrown failure becomes a result: nothing else of an error ever reaches a host. */
async function toResult(deps: ServerDeps, run: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await run();
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) deps.onDefect(error);
    const result = renderFailure(failure ?? new Failure('defect', DEFECT));
    return { ...result, text: avoidUnoffered(result.text, deps.tools) };
  }
}

/** The path that a root's address names; a host may write anything there. */
function pathIn(uri: string): string[] {
  try {
    return [fileURLToPath(uri)];
  } catch {
    return [];
  }
}

/** The host's workspace (MCP roots), asked for when a call wants files: empty where it does not answer, undefined where it has none. */
function rootsOf(server: McpServer, { mcpReq }: ServerContext): () => Promise<string[] | undefined> {
  return async () => {
    if (server.server.getClientCapabilities()?.roots === undefined) return undefined;
    const options = { timeout: ROOTS_TIMEOUT_MS, signal: mcpReq.signal };
    const listed = await server.server.listRoots(undefined, options).catch(() => undefined);
    return listed?.roots.flatMap(({ uri }) => pathIn(uri)) ?? [];
  };
}

/** Names whose conversations and results a request reaches; undefined for the machine's own user. */
function ownerOf({ remote }: ServerDeps, { sessionId }: Pick<ServerContext, 'sessionId'>): string | undefined {
  if (remote === undefined) return undefined;
  return remote.perSession && sessionId !== undefined ? `${remote.owner} ${sessionId}` : remote.owner;
}

/** Tells whether a request may be shown a list of what its owner has. */
const canList = ({ remote }: ServerDeps, { sessionId }: Pick<ServerContext, 'sessionId'>): boolean =>
  !remote?.perSession || sessionId !== undefined;

/** What a tool is given for a request: who calls, and what may be told to it. */
function contextOf(deps: ServerDeps, server: McpServer, ctx: ServerContext, engine: Engine): ToolContext {
  const agent = clientName(server, ctx);
  const hostFamily = familyOf(agent);
  return {
    engine,
    signal: ctx.mcpReq.signal,
    hostRoots: rootsOf(server, ctx),
    limit: limitFor(agent, engine.config.hosts, hostModelIn(ctx.mcpReq._meta)),
    offers: (name) => deps.tools.some((tool) => tool.name === name),
    ...defined({ hostFamily, agent: agent && clip(oneLine(agent), 80) }),
    ...(deps.remote === undefined ? {} : { remote: true }),
    ...defined({ owner: ownerOf(deps, ctx) }),
  };
}

/** Serves what hosts may read without a tool. A failure is told as the protocol's error, in our words. */
function serveResources(deps: ServerDeps, server: McpServer): void {
  const reader = async (ctx: ServerContext) => ({ engine: await deps.engine(), ...defined({ owner: ownerOf(deps, ctx) }) });
  const telling = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const failure = failureIn(error);
      if (failure === undefined) deps.onDefect(error);
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, failure === undefined ? DEFECT : failureText(failure));
    }
  };
  const reachable = RESOURCES.filter(({ ownerOnly }) => deps.remote === undefined || !ownerOnly);
  for (const { name, uri, title, description, mimeType, read, list } of reachable) {
    const facts = { title, description, mimeType };
    const contents = async (href: string, id: string, ctx: ServerContext) =>
      telling(async () => ({ contents: [{ uri: href, mimeType, text: await read(await reader(ctx), id) }] }));
    if (!uri.includes('{')) {
      server.registerResource(name, uri, facts, ({ href }, ctx) => contents(href, '', ctx));
      continue;
    }
    // Hosts list before anybody calls. What is wrong is told to who reads, and the other resources are there all the same.
    const some = async (all: NonNullable<typeof list>, ctx: ServerContext) => {
      if (!canList(deps, ctx)) return { resources: [] };
      const found = await reader(ctx)
        .then(all)
        .catch((error: unknown) => (failureIn(error) === undefined ? Promise.reject(error) : []));
      return { resources: found };
    };
    const listed = list && ((ctx: ServerContext) => telling(() => some(list, ctx)));
    const template = new ResourceTemplate(uri, { list: listed });
    server.registerResource(name, template, facts, ({ href }, { id }, ctx) => contents(href, String(id), ctx));
  }
}

/** One MCP server over the tool list: a fresh one per connection (stdio) or request (HTTP), the same for both eras. */
export async function createServer(deps: ServerDeps): Promise<McpServer> {
  const reach = await deps.reach?.();
  const server = new McpServer(
    { name: NAME, title: 'Switchboard', version: deps.version },
    {
      instructions: writeInstructions(deps.tools, reach),
      capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
    },
  );
  for (const tool of offered(deps.tools)) {
    const { name, title, description, annotations } = tool;
    const definition = { title, description, annotations, inputSchema: unchecked(tool), _meta: writeHints(tool, reach) };
    server.registerTool(name, definition, async (args, ctx) => {
      const { progress, end } = teller(ctx);
      try {
        const result = await toResult(deps, async () => {
          const context = contextOf(deps, server, ctx, await deps.engine());
          return boundResult(await tool.run(args, { ...context, ...defined({ progress }) }), context);
        });
        return toMcp(result);
      } finally {
        end();
      }
    });
  }
  serveResources(deps, server);
  return server;
}
