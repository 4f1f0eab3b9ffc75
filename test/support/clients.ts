import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as Stdio2 } from '@modelcontextprotocol/client/stdio';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as Stdio1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as Transport1 } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { CLIENT_INFO, type Era, VERSION } from './eras.ts';
import { startHttp } from './http-server.ts';
import { told, type Told } from './messages.ts';
import { CLI, type Launch } from './process.ts';

export type News = { progress: number; message?: string | undefined };
type CallOptions = { signal?: AbortSignal; onprogress?: (news: News) => void };

/** A client of an official SDK that is connected to a server of its own. */
export type Visitor = AsyncDisposable & {
  server: { name: string; version: string } | undefined;
  instructions: string | undefined;
  /** The revision of the protocol that both speak; undefined where the client does not tell. */
  revision: string | undefined;
  tools: () => Promise<string[]>;
  call: (name: string, args: Record<string, unknown>, options?: CallOptions) => Promise<Told>;
  /** The addresses of the resources that are listed, and the patterns of those that are many. */
  resources: () => Promise<string[]>;
  /** The text of a resource. */
  read: (uri: string) => Promise<string>;
  /** What the client itself held to be wrong with what the server sent. */
  complaints: readonly Error[];
};

/** A way in which hosts reach the server. */
export type Door = { name: string; era: Era; open: (launch: Launch) => Promise<Visitor> };

/** What a host says when it is asked for its workspace: the addresses of folders. */
export type Workspace = () => Promise<{ uri: string }[]>;

/** Through `env -i`, because the SDKs hand on some of the variables of their own process. */
const command = ({ home, vars, args = [] }: Launch) => ({
  command: '/usr/bin/env',
  args: ['-i', ...Object.entries(home.env(vars)).map(([name, value]) => `${name}=${value}`), process.execPath, CLI, ...args],
  cwd: home.project,
  stderr: 'ignore' as const,
});

/** What both SDKs' clients have in common. */
type AnyClient = Pick<Client2, 'getServerVersion' | 'getInstructions' | 'close'> & {
  listResources: () => Promise<{ resources: { uri: string }[] }>;
  listResourceTemplates: () => Promise<{ resourceTemplates: { uriTemplate: string }[] }>;
  readResource: (params: { uri: string }) => Promise<{ contents: object[] }>;
};

type Parts = Pick<Visitor, 'tools' | 'call'> & {
  client: AnyClient;
  revision?: string | undefined;
  complaints: readonly Error[];
  after?: () => PromiseLike<void>;
};

const visitor = ({ client, after, revision, ...rest }: Parts): Visitor => ({
  ...rest,
  server: client.getServerVersion(),
  instructions: client.getInstructions(),
  revision,
  async resources() {
    const [{ resources }, { resourceTemplates }] = await Promise.all([client.listResources(), client.listResourceTemplates()]);
    return [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)];
  },
  async read(uri) {
    const { contents } = await client.readResource({ uri });
    return contents.map((content) => ('text' in content ? String(content.text) : '')).join('');
  },
  async [Symbol.asyncDispose]() {
    await client.close();
    await after?.();
  },
});

async function visit2(transport: Stdio2 | Http2, era: Era, after?: () => PromiseLike<void>): Promise<Visitor> {
  const mode = era === 'legacy' ? era : { pin: VERSION.modern };
  const complaints: Error[] = [];
  const onerror = (error: Error): void => void complaints.push(error);
  const client = Object.assign(new Client2(CLIENT_INFO, { versionNegotiation: { mode } }), { onerror });
  await client.connect(transport);
  return visitor({
    client,
    complaints,
    revision: client.getNegotiatedProtocolVersion(),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args, options) => told(await client.callTool({ name, arguments: args }, options)),
    ...(after === undefined ? {} : { after }),
  });
}

async function visit1(transport: Transport1, after?: () => PromiseLike<void>, workspace?: Workspace): Promise<Visitor> {
  const complaints: Error[] = [];
  const onerror = (error: Error): void => void complaints.push(error);
  const capabilities = workspace === undefined ? {} : { roots: { listChanged: false } };
  const client = Object.assign(new Client1(CLIENT_INFO, { capabilities }), { onerror });
  if (workspace !== undefined) client.setRequestHandler(ListRootsRequestSchema, async () => ({ roots: await workspace() }));
  await client.connect(transport);
  return visitor({
    client,
    complaints,
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args, options) => told(await client.callTool({ name, arguments: args }, undefined, options)),
    ...(after === undefined ? {} : { after }),
  });
}

async function overHttp(launch: Launch, visit: (url: URL, after: () => PromiseLike<void>) => Promise<Visitor>): Promise<Visitor> {
  const server = await startHttp(launch);
  return visit(new URL(server.url), () => server[Symbol.asyncDispose]());
}

/** The v1 client on stdio, as a host that offers its workspace. */
export const openWithRoots = (launch: Launch, workspace: Workspace): Promise<Visitor> =>
  visit1(new Stdio1(command(launch)), undefined, workspace);

/** Both SDKs, both eras where an SDK knows both, both transports. */
export const DOORS: readonly Door[] = [
  { name: 'the v2 client on stdio, 2025', era: 'legacy', open: (launch) => visit2(new Stdio2(command(launch)), 'legacy') },
  { name: 'the v2 client on stdio, 2026', era: 'modern', open: (launch) => visit2(new Stdio2(command(launch)), 'modern') },
  { name: 'the v1 client on stdio', era: 'legacy', open: (launch) => visit1(new Stdio1(command(launch))) },
  {
    name: 'the v2 client over HTTP, 2025',
    era: 'legacy',
    open: (launch) => overHttp(launch, (url, after) => visit2(new Http2(url), 'legacy', after)),
  },
  {
    name: 'the v2 client over HTTP, 2026',
    era: 'modern',
    open: (launch) => overHttp(launch, (url, after) => visit2(new Http2(url), 'modern', after)),
  },
  {
    name: 'the v1 client over HTTP',
    era: 'legacy',
    open: (launch) => overHttp(launch, (url, after) => visit1(new Http1(url), after)),
  },
];
