import { type CallToolResult, CLIENT_INFO_META_KEY, McpServer, type ServerContext } from '@modelcontextprotocol/server';
import type { Engine } from './engine/engine.ts';
import { Failure, failureIn } from './core/errors.ts';
import { clip, oneLine } from './core/text.ts';
import type { Tool, ToolContext, ToolResult } from './tools/define.ts';
import { familyOf } from './tools/hosts.ts';
import { usageText } from './tools/render-usage.ts';
import { renderFailure } from './tools/render-failure.ts';

const NAME = 'switchboard';

/** Read by hosts that show it to their model; charged to every session, so it is short. */
const INSTRUCTIONS = [
  'Switchboard reaches other language models.',
  'call_model asks one; compare_models asks several and shows where they differ; route_by_task picks a model for the kind of work; list_models shows ids.',
  'A model asked this way sees only the prompt: put everything that it needs into it.',
].join(' ');

/** Where hosts read what was spent. */
const USAGE_URI = 'switchboard://usage';

export type ServerDeps = {
  version: string;
  tools: readonly Tool[];
  /** Built at the first call; a broken config is told at each call, and read again at the next. */
  engine: () => Promise<Engine>;
  /** Where defects go: never to the host. */
  onDefect: (error: unknown) => void;
};

/** How often whoever waits is told how far a call is, in milliseconds; hosts give up on what is silent. */
const TELL_EVERY_MS = 5000;

/** Reports to a client that asked for it: at once, then every few seconds, ever higher; returns the ear and the end. */
function teller({ mcpReq }: ServerContext): { progress?: (line: string) => void; end: () => void } {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return { end: () => undefined };
  const start = performance.now();
  let line: string | undefined;
  const tell = () => {
    const progress = Math.round(performance.now() - start) / 1000;
    const message = line ?? 'asking';
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
  content: [{ type: 'text', text }, ...(link === undefined ? [] : [{ type: 'resource_link' as const, ...link, mimeType: 'text/plain' }])],
  ...(meta === undefined ? {} : { _meta: meta }),
  ...(failed ? { isError: true } : {}),
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
async function bounded(deps: ServerDeps, run: () => Promise<ToolResult>): Promise<ToolResult> {
  try {
    return await run();
  } catch (error) {
    const failure = failureIn(error);
    if (failure === undefined) deps.onDefect(error);
    return renderFailure(
      failure ??
        new Failure('defect', 'Switchboard failed on this call because of a defect of its own; its log on stderr says more'),
    );
  }
}

/** One MCP server over the tool list: a fresh one per connection (stdio) or request (HTTP), the same for both eras. */
export function createServer(deps: ServerDeps): McpServer {
  const server = new McpServer(
    { name: NAME, title: 'Switchboard', version: deps.version },
    { instructions: INSTRUCTIONS, capabilities: { tools: { listChanged: false }, resources: { listChanged: false } } },
  );
  for (const tool of deps.tools) {
    const { name, title, description, annotations } = tool;
    server.registerTool(name, { title, description, annotations, inputSchema: unchecked(tool) }, async (args, ctx) => {
      const { progress, end } = teller(ctx);
      try {
        const agent = clientName(server, ctx);
        const hostFamily = familyOf(agent);
        const result = await bounded(deps, async () => {
          const context: ToolContext = {
            engine: await deps.engine(),
            signal: ctx.mcpReq.signal,
            ...(progress === undefined ? {} : { progress }),
            ...(hostFamily === undefined ? {} : { hostFamily }),
            ...(agent === undefined ? {} : { agent: clip(oneLine(agent), 80) }),
            ...(ctx.sessionId === undefined ? {} : { session: ctx.sessionId }),
            ...owned(deps),
            hostRoots: rootsOf(server),
          };
          const resultChars = resultCharsOf(agent, context.engine.config.hosts);
          return await bounded({ ...context, resultChars }, tool, args);
        });
        return toMcp(result);
      } finally {
        end();
      }
    });
  }
  server.registerResource(
    'usage',
    USAGE_URI,
    { title: 'Spending', description: 'What model calls have cost on this machine in the last 30 days.', mimeType: 'text/plain' },
    async ({ href }) => {
      const { text } = await bounded(deps, async () => ({ text: await usageText(await deps.engine()) }));
      return { contents: [{ uri: href, mimeType: 'text/plain', text }] };
    },
  );
  return server;
}
