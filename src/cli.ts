#!/usr/bin/env node
import { fstatSync } from 'node:fs';
import { parse } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { EXIT, exitCode } from './commands/exit.ts';
import type { Io } from './commands/io.ts';
import type { ServeHttpOptions } from './commands/serve-http.ts';
import { Failure, failureIn } from './core/errors.ts';
import { didYouMean } from './core/nearest.ts';
import { list } from './core/text.ts';
import { failureText } from './tools/render/failure.ts';

/** How long a server that was asked to end may take, in milliseconds. */
const GRACE_MS = 800;

/** The program that started us: another one takes its place when it dies. */
const PARENT = process.ppid;

const ending = new AbortController();

/** The folder that we were started in. It may be gone by now: then there is no project, and nothing else to miss. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return parse(process.execPath).root;
  }
}

const io: Io = {
  env: { ...process.env },
  cwd: workingFolder(),
  version: pkg.version,
  pid: process.pid,
  signal: ending.signal,
  print: (text) => void process.stdout.write(text),
  // Nobody can be told that stderr is gone.
  tell: (text) => void (process.stderr.destroyed || process.stderr.write(`${text}\n`)),
  streams: { input: process.stdin, output: process.stdout },
  isAbandoned: () => process.ppid !== PARENT,
  nodeVersion: process.versions.node,
  ...(process.stderr.isTTY ? { progress: (line: string) => void process.stderr.write(`\r\u001B[2K${line}`) } : {}),
  async readStdin() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  },
  isPiped() {
    try {
      const stdin = fstatSync(0);
      return stdin.isFIFO() || (stdin.isFile() && stdin.size > 0);
    } catch {
      // It is closed.
      return false;
    }
  },
};

/** What was printed has arrived at whoever reads it, however slowly: a pipe holds 64 kB. */
const flushed = (): Promise<void> => new Promise((resolve) => void process.stdout.write('', () => resolve()));

/** Ends what runs; whatever still holds the process after the grace is cut off. */
function end(): void {
  ending.abort();
  setTimeout(() => process.exit(), GRACE_MS).unref();
}

const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It has to be a number.');
  return value;
};

const port = (text: string): number => {
  const value = number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('It has to be a whole number up to 65535.');
  return value;
};

/** An option that may be given again and again. */
const many = (value: string, before: string[] = []): string[] => [...before, value];

/** Runs a command, which is imported only now, and keeps its exit code. */
const runs =
  <Args extends unknown[]>(load: () => Promise<(...args: Args) => Promise<number>>) =>
  async (...args: Args): Promise<void> => {
    process.exitCode = await (await load())(...args);
  };

/** `serve` is what runs without a command, so it is also what a mistyped command arrives at. */
function refuseStranger({ args: [stranger], parent }: Command): void {
  if (stranger === undefined) return;
  const isServe = process.argv[2] === 'serve';
  // `switchboard --tools x serve`: its options came before its name.
  if (stranger === 'serve' && !isServe) return;
  if (isServe) throw new Failure('input', `too many arguments: serve takes options only, not "${stranger}"`);
  const verbs = (parent?.commands ?? []).map((command) => command.name());
  throw new Failure('input', `There is no command "${stranger}"${didYouMean(stranger, verbs)}; there are ${list(verbs)}`);
}

const serve = runs(async () => async (options: ServeHttpOptions & { http?: boolean }, command: Command) => {
  refuseStranger(command);
  if (options.http) return (await import('./commands/serve-http.ts')).serveHttp(io, options);
  return (await import('./commands/serve-stdio.ts')).serveStdio(io, options);
});

const configOption = (): Option => new Option('--config <file>', 'a configuration file of yours, in place of the project’s');

const allowDirOption = (): Option =>
  new Option('--allow-dir <folder>', 'let calls send files from this folder; may be given again').argParser(many);

function addServe(cli: Command): void {
  cli
    .command('serve', { isDefault: true })
    .allowExcessArguments()
    .description('speak MCP on stdio, or with --http on Streamable HTTP')
    .addOption(configOption())
    .addOption(allowDirOption())
    .option('--tools <names>', 'offer only these tools, separated by commas')
    .option('--http', 'serve Streamable HTTP at /mcp')
    .option('--host <host>', 'the address to bind (default 127.0.0.1)')
    .option('--port <port>', 'the port to bind (default 8484)', port)
    .option('--token-env <name>', 'the variable that holds the bearer token')
    .action(serve);
}

function addCall(cli: Command): void {
  cli
    .command('call')
    .description('ask one model; without a prompt it is read from stdin, and a - among its words is where piped text goes')
    .argument('[prompt...]')
    .option('-m, --model <model>', 'provider/model, an alias, or a bare name')
    .option('-s, --system <text>', 'system prompt')
    .option('-e, --reasoning-effort <effort>', 'none, minimal, low, medium, high, xhigh or max')
    .option('--max-tokens <n>', 'output limit in tokens', number)
    .option('--temperature <n>', 'randomness', number)
    .option('--timeout <seconds>', 'give up after so many seconds', number)
    .option('-f, --file <path>', 'send a file, folder, glob or a.ts:10-50 along; may be given again', many)
    .option('--diff <what>', 'send a git diff along: working, staged, a ref, or a..b')
    .option('--image <path>', 'send an image or PDF along; may be given again', many)
    .option('--thread <id>', 'go on with a conversation; "new" begins one')
    .option('--schema <json>', 'a JSON Schema that the answer will match')
    .option('--web-search', 'let the model search the web')
    .option('--dry-run', 'only say what would be sent, where, and its price')
    .addOption(allowDirOption())
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .action(
      runs(async () => (words: string[], options) => import('./commands/call.ts').then(({ call }) => call(io, words, options))),
    );
}

function addModels(cli: Command): void {
  cli
    .command('models')
    .description('list the models that can be called, and what to set to reach more')
    .argument('[words...]', 'words that the id or name contains')
    .option('-p, --provider <id>', 'only this provider')
    .option('-t, --task <task>', 'ranked for this task')
    .option('-a, --available', 'only those that can be called now')
    .option('-n, --limit <n>', 'how many', number)
    .option('--offset <n>', 'how many to skip', number)
    .option('--refresh', 'first ask the providers that are set up for their current models')
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .action(
      runs(
        async () => (words: string[], options) => import('./commands/models.ts').then(({ models }) => models(io, words, options)),
      ),
    );
}

function addUsage(cli: Command): void {
  cli
    .command('usage')
    .description('show where the money went, and how the budgets stand')
    .option('--by <what>', 'day, model, provider, tool, project or agent; days and models without this')
    .option('--since <when>', '24h, 7d, 4w, a day, or all (default 30d)')
    .option('--reset <budget>', 'first let the budget of this name begin anew; a record of it is kept')
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .option('--csv', 'print comma-separated values')
    .action(runs(async () => (options) => import('./commands/usage.ts').then(({ usage }) => usage(io, options))));
}

function addThreads(cli: Command): void {
  cli
    .command('threads')
    .description('list the conversations that are kept; show, export or delete one')
    .argument('[action]', 'list, show, export or delete', 'list')
    .argument('[ids...]', 'which conversations')
    .option('--all', 'delete all of them')
    .addOption(configOption())
    .option('--json', 'print JSON')
    .action(
      runs(
        async () => (action: string, ids: string[], options) =>
          import('./commands/threads.ts').then(({ threads }) => threads(io, action, ids, options)),
      ),
    );
}

function program(): Command {
  const cli = new Command('switchboard')
    .description('Lets an agent call other language models: an MCP server, and the same engine as a command line.')
    .version(pkg.version)
    .exitOverride()
    .enablePositionalOptions();
  for (const add of [addServe, addCall, addModels, addUsage, addThreads]) add(cli);
  return cli;
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.answered : EXIT.usage;
  const failure = failureIn(error);
  io.tell(
    failure === undefined
      ? `defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      : failureText(failure),
  );
  return failure === undefined ? EXIT.failed : exitCode(failure.kind);
}

// A defect in one call must not take the server, and the other calls, with it.
process.on('uncaughtException', (error) => failed(error));
process.on('unhandledRejection', (error) => failed(error));
process.on('SIGTERM', end).on('SIGINT', end).on('SIGHUP', end);
// The reader of our output is gone: there is nobody left to serve.
process.stdout.on('error', end);
// A message that cannot be written is dropped: to log that would fail in the same way, for ever.
process.stderr.on('error', () => undefined);

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = failed(error);
}
await flushed();
end();
