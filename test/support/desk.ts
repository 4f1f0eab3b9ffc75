import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { parseConfig } from '../../src/config/config.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { createServer } from '../../src/server.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { CLIENT_INFO } from './eras.ts';
import type { Vars } from './home.ts';
import { told, type Told } from './messages.ts';

/** A client at a server in the same process: all tools over a real engine, without a transport between. */
export type Desk = AsyncDisposable & {
  call(name: string, args: Record<string, unknown>, meta?: Record<string, unknown>): Promise<Told>;
  /** What a program gets that runs the tool at the command line: all facts. */
  data(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The text of a resource. */
  read(uri: string): Promise<string>;
  /** What the list of resources says of one. */
  about(uri: string): Promise<string | undefined>;
  /** The addresses of the resources that are listed. */
  resources(): Promise<string[]>;
};

type Place = {
  /** How the client calls itself. */
  name?: string;
  /** Where what is kept between runs lies. */
  home?: string;
  /** The folder that the server runs in. */
  cwd?: string;
  /** The text of the file that came with the project. */
  project?: string;
  /** Callers are not the machine's own user. */
  owner?: string;
};

/** `config` is the text of the user's own file. */
export async function openDesk(env: Vars = {}, config = '', place: Place = {}): Promise<Desk> {
  const { name = CLIENT_INFO.name, home, cwd, project, owner } = place;
  const files = [
    { path: 'config.yaml', text: `retries: 0\n${config}`, trusted: true },
    ...(project === undefined ? [] : [{ path: 'switchboard.yaml', text: project, trusted: false }]),
  ];
  const engine = createEngine(
    parseConfig({ env, files, ...(home === undefined ? {} : { home }), ...(cwd === undefined ? {} : { cwd }) }),
  );
  const defects: unknown[] = [];
  const server = await createServer({
    version: '0.0.0',
    tools: TOOLS,
    engine: () => Promise.resolve(engine),
    ...(owner === undefined ? {} : { remote: { owner, perSession: false } }),
    onDefect: (error) => void defects.push(error),
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ ...CLIENT_INFO, name });
  await Promise.all([server.connect(far), client.connect(near)]);
  return {
    call: async (tool, args, _meta) => told(await client.callTool({ name: tool, arguments: args, ...(_meta && { _meta }) })),
    async data(tool, args) {
      const { data = {} } = (await TOOLS.find(({ name: one }) => one === tool)?.run(args, { engine })) ?? {};
      return data;
    },
    async read(uri) {
      const { contents } = await client.readResource({ uri });
      return contents.map((content) => ('text' in content ? content.text : '')).join('');
    },
    about: async (uri) => (await client.listResources()).resources.find((one) => one.uri === uri)?.description,
    resources: async () => (await client.listResources()).resources.map(({ uri }) => uri),
    async [Symbol.asyncDispose]() {
      await client.close();
      await engine.close();
      if (defects.length > 0) throw new Error('A tool has a defect.', { cause: defects[0] });
    },
  };
}

/** A text whose times and ports are the same on every day. */
export const timeless = (text: string): string =>
  text
    .replaceAll(/\b[\d.]+ (?:ms|s)(?= ·|\])/g, '1.2 s')
    .replaceAll(/\([0-9a-f]{6}\)/g, '(mark)')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:9999');
