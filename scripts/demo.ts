import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LLMock } from '@copilotkit/aimock';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/**
 * The main job without a key: an independent mock of the vendors, the built server, a real MCP client, and the tools on a file of
 * this repository, which the calls name and the server reads. What is kept lies in a folder that is removed at the end.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const subject = 'src/net/retry-after.ts';

const say = (text = '') => process.stdout.write(`${text}\n`);
const title = (text: string) => say(`\n\u001B[1m${text}\u001B[0m`);

/** Canned answers: the mock knows nothing, so every text says where it comes from. */
function script(mock: LLMock): void {
  const canned = 'This text was written in advance and served by a mock: no model has read the file.';
  mock.onMessage(/Review this file/, {
    content: `${canned} A review would stand here: findings with file and line, worst first.`,
    usage: { prompt_tokens: 612, completion_tokens: 48 },
  });
  mock.onMessage(/one sentence/, {
    content: `${canned} A one-sentence summary would stand here.`,
    usage: { prompt_tokens: 590, completion_tokens: 21 },
  });
}

/** Every vendor at the mock, and nothing of the real environment but what a process needs. */
const environment = (mock: string, home: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  SWITCHBOARD_HOME: home,
  OPENAI_API_KEY: 'demo',
  OPENAI_BASE_URL: `${mock}/v1`,
  ANTHROPIC_API_KEY: 'demo',
  ANTHROPIC_BASE_URL: mock,
  GEMINI_API_KEY: 'demo',
  GOOGLE_GEMINI_BASE_URL: mock,
});

async function run(client: Client, name: string, args: Record<string, unknown>): Promise<void> {
  title(`${name} ${JSON.stringify(args)}`);
  const { content } = await client.callTool({ name, arguments: args });
  for (const block of content) if (block.type === 'text') say(block.text);
}

const home = await mkdtemp(join(tmpdir(), 'switchboard-demo-'));
const mock = new LLMock({ port: 0 });
script(mock);
await mock.start();
const client = new Client({ name: 'switchboard-demo', version: '1.0.0' }, { capabilities: {} });
try {
  say('Switchboard demo. The server and the client are real; the vendors are a mock on this machine');
  say('(@copilotkit/aimock), so every answer below was written in advance. Nothing leaves the machine, nothing costs money.');
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [`${root}dist/cli.js`, 'serve', '--allow-dir', root],
      env: environment(mock.url, home),
      cwd: home,
    }),
  );
  const { tools } = await client.listTools();
  say(`\nThe server offers ${tools.map(({ name }) => name).join(', ')}.`);
  const review = { prompt: 'Review this file for defects. Name the line of each.', files: [subject] };
  await run(client, 'list_models', { available_only: true, limit: 5 });
  await run(client, 'call_model', { model: 'openai', ...review, dry_run: true });
  await run(client, 'call_model', { model: 'openai', ...review, reasoning_effort: 'low', temperature: 0.2 });
  await run(client, 'compare_models', { models: ['anthropic', 'gemini', 'openai'], ...review });
  await run(client, 'route_by_task', { task: 'summarize', prompt: 'Say in one sentence what this file does.', files: [subject] });
  title('switchboard://usage');
  const { contents } = await client.readResource({ uri: 'switchboard://usage' });
  for (const part of contents) if ('text' in part) say(part.text);
  say('\nTo use it with real models, set a key and add the server to your host: see README.md.');
} finally {
  await client.close();
  await mock.stop();
  await rm(home, { recursive: true, force: true });
}
