import { Command } from 'commander';
import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { list } from '../core/text.ts';
import type { Io } from './io.ts';
import { allowDirOption, configOption, many, number, port } from './options.ts';
import type { ServeHttpOptions } from './serve-http.ts';

/** Runs the action of a command, which is imported only when it runs, and takes its exit code. */
export type Runs = <Args extends unknown[]>(
  load: () => Promise<(...args: Args) => Promise<number>>,
) => (...args: Args) => Promise<void>;

/** The process as commands see it, how their exit codes are taken, and the words of the command line. */
type Shell = { io: Io; runs: Runs; onServe: () => void; argv: readonly string[] };

/** `serve` is what runs without a command, so it is also what a mistyped command arrives at. */
function refuseStranger({ args: [stranger], parent }: Command, [first]: readonly string[]): void {
  if (stranger === undefined) return;
  const isServe = first === 'serve';
  // `switchboard --tools x serve`: its options came before its name.
  if (stranger === 'serve' && !isServe) return;
  if (isServe) throw new Failure('input', `too many arguments: serve takes options only, not "${stranger}"`);
  const verbs = (parent?.commands ?? []).map((command) => command.name());
  throw new Failure('input', `There is no command "${stranger}"${didYouMean(stranger, verbs)}; there are ${list(verbs)}`);
}

/** Refuses options that would change nothing: whoever gives them expects another server. */
function refuseIdle({ http, host, port: wanted, tokenEnv }: ServeHttpOptions & { http?: boolean }): void {
  const idle = Object.entries({ '--host': host, '--port': wanted, '--token-env': tokenEnv }).find(
    ([, value]) => value !== undefined,
  );
  if (idle !== undefined && !http) throw new Failure('input', `${idle[0]} is for --http: add --http, or leave ${idle[0]} out`);
}

function addServe(cli: Command, { io, runs, onServe, argv }: Shell): void {
  const serve = runs(async () => async (options: ServeHttpOptions & { http?: boolean }, command: Command) => {
    onServe();
    refuseStranger(command, argv);
    refuseIdle(options);
    if (options.http) return (await import('./serve-http.ts')).serveHttp(io, options);
    return (await import('./serve-stdio.ts')).serveStdio(io, options);
  });

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

function addCall(cli: Command, { io, runs }: Shell): void {
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
    .action(runs(async () => (words: string[], options) => import('./call.ts').then(({ call }) => call(io, words, options))));
}

function addModels(cli: Command, { io, runs }: Shell): void {
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
    .option('--forget-limits', 'first forget which models failed or were limited, so that each is asked again')
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .action(
      runs(async () => (words: string[], options) => import('./models.ts').then(({ models }) => models(io, words, options))),
    );
}

function addUsage(cli: Command, { io, runs }: Shell): void {
  cli
    .command('usage')
    .description('show where the money went, and how the budgets stand')
    .option('--by <what>', 'day, model, provider, tool, project or agent; days and models without this')
    .option('--since <when>', '24h, 7d, 4w, a day, or all (default 30d)')
    .option('--reset <budget>', 'first let the budget of this name begin anew; a record of it is kept')
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .option('--csv', 'print comma-separated values')
    .action(runs(async () => (options) => import('./usage.ts').then(({ usage }) => usage(io, options))));
}

function addThreads(cli: Command, { io, runs }: Shell): void {
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
          import('./threads.ts').then(({ threads }) => threads(io, action, ids, options)),
      ),
    );
}

function addResult(cli: Command, { io, runs }: Shell): void {
  cli
    .command('result')
    .description('print a result that was kept because it was too long, or could not be written')
    .argument('<job_id>', 'as the result names it')
    .option('--offset <n>', 'where to begin, in characters', number)
    .addOption(configOption())
    .option('--json', 'print one JSON object')
    .action(runs(async () => (id: string, options) => import('./result.ts').then(({ result }) => result(io, id, options))));
}

const DESCRIPTION = 'Lets an agent call other language models: an MCP server, and the same engine as a command line.';

/** Declares the command line: every command with its options. What the parser refuses is thrown, and nothing is written. */
export function createProgram(shell: Shell): Command {
  const cli = new Command('switchboard')
    .description(DESCRIPTION)
    .version(shell.io.version)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .enablePositionalOptions();
  for (const add of [addServe, addCall, addModels, addUsage, addThreads, addResult]) add(cli, shell);
  return cli;
}
