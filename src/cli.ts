#!/usr/bin/env node
import { fstatSync } from 'node:fs';
import { parse } from 'node:path';
import { CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { protectPrompts } from './commands/arguments.ts';
import { EXIT, exitCode } from './commands/exit.ts';
import type { Io } from './commands/io.ts';
import { toPlain } from './commands/plain.ts';
import { createProgram, type Runs } from './commands/program.ts';
import { Failure, failureIn } from './core/errors.ts';
import { oneLine } from './core/text.ts';
import { failureText, renderFailure } from './tools/render/failure.ts';

/** The time that a process which was asked to end may take, in milliseconds. */
const GRACE_MS = 800;

/** The exit code of a command that a signal ended, as shells count it: 128 and the signal's number. */
const SIGNALS = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 } as const;

/** The program that started us: another one takes its place when it dies. */
const PARENT = process.ppid;

// AWS's SDK would print a warning of its own about Node 20 at its first call, and nobody who calls a model can do anything about it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const ending = new AbortController();

/** The folder that we were started in. It may be gone by now: then there is no project, and nothing else to miss. */
function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    return parse(process.execPath).root;
  }
}

/** The error of stdout, if what was printed could not be written. */
let unwritten: Error | undefined;

const io: Io = {
  env: { ...process.env },
  cwd: workingFolder(),
  version: pkg.version,
  pid: process.pid,
  signal: ending.signal,
  print: (text) => void process.stdout.write(process.stdout.isTTY ? toPlain(text) : text),
  // Nobody can be told that stderr is gone.
  tell: (text) => void (process.stderr.destroyed || process.stderr.write(`${toPlain(text)}\n`)),
  streams: { input: process.stdin, output: process.stdout },
  isAbandoned: () => process.ppid !== PARENT,
  nodeVersion: process.versions.node,
  isTyped: () => process.stdin.isTTY,
  ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
  ...(process.stderr.isTTY ? { progress: (line: string) => void process.stderr.write(`\r\u001B[2K${toPlain(line)}`) } : {}),
  // A pipe holds 64 kB, and its reader may be slow.
  flush: () => new Promise((resolve) => void process.stdout.write('', () => setImmediate(() => resolve(unwritten)))),
  async readStdin() {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) chunks.push(chunk);
    return Buffer.concat(chunks);
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

/** Ends what runs; whatever still holds the process after the grace is cut off. */
function end(): void {
  ending.abort();
  setTimeout(() => process.exit(), GRACE_MS).unref();
}

/** Tells whether this process is a server, which ends well when it is asked to. */
let isServing = false;

const runs: Runs =
  (load) =>
  async (...args) => {
    const code = await (await load())(...args);
    // A signal's code says more than that a call was cancelled.
    process.exitCode ??= code;
  };

/** Says what the parser refused, in our form; undefined where it only showed help or the version. */
function toUsageFailure({ message, exitCode: code }: CommanderError): Failure | undefined {
  if (code === 0) return undefined;
  const said = oneLine(message.replace(/^error: /, ''));
  const dash = /^unknown option '(.+)'/.exec(said)?.[1];
  const hint =
    dash === undefined || !process.argv.includes('call')
      ? ''
      : `. A prompt that begins with a dash is written after --, as in: switchboard call -- "${dash} …"`;
  return new Failure('input', `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.$/, '')}${hint}`, { remedied: true });
}

/** Tells what went wrong, as one JSON object on stdout for who asked for JSON. Returns the exit code. */
function failed(error: unknown): number {
  const failure = error instanceof CommanderError ? toUsageFailure(error) : failureIn(error);
  if (failure === undefined && error instanceof CommanderError) return EXIT.answered;
  if (failure === undefined) {
    io.tell(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.failed;
  }
  if (process.argv.includes('--json'))
    io.print(`${JSON.stringify({ error: failureText(failure), ...renderFailure(failure).data })}\n`);
  else io.tell(failureText(failure));
  return exitCode(failure);
}

// A defect in one call must not take the server, and the other calls, with it.
process.on('uncaughtException', (error) => failed(error));
process.on('unhandledRejection', (error) => failed(error));
for (const [signal, code] of Object.entries(SIGNALS))
  process.on(signal, () => {
    // A server that is asked to end has done its work.
    if (!isServing) process.exitCode = code;
    end();
  });
process.stdout.on('error', (error: Error & { code?: string }) => {
  // The reader of our output is gone: there is nobody left to serve.
  if (error.code === 'EPIPE') end();
  else unwritten ??= error;
});
// A message that cannot be written is dropped: to log that would fail in the same way, for ever.
process.stderr.on('error', () => undefined);

try {
  const argv = process.argv.slice(2);
  const cli = createProgram({ io, runs, argv, onServe: () => void (isServing = true) });
  const named = cli.commands.find((command) => argv.includes(command.name()));
  await cli.parseAsync(protectPrompts(argv, named?.name() === 'call' ? named : undefined), { from: 'user' });
} catch (error) {
  process.exitCode = failed(error);
}
const fault = await io.flush();
if (fault !== undefined && !isServing) {
  io.tell(`The output could not be written: ${fault.message}.`);
  process.exitCode ||= EXIT.failed;
}
end();
