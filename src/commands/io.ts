import type { Readable, Writable } from 'node:stream';
import type { Env } from '../config/env.ts';

/** What a command may touch of the process that it runs in. */
export type Io = {
  env: Env;
  cwd: string;
  version: string;
  pid: number;
  /** Aborted when the process is asked to end. */
  signal: AbortSignal;
  /** To stdout, which belongs to the answer (or to the protocol). */
  print: (text: string) => void;
  /** To stderr, for people. */
  tell: (text: string) => void;
  /** Shows one line of progress in place of the last; absent where stderr is no terminal. */
  progress?: (line: string) => void;
  /** The streams of the protocol. */
  streams: { input: Readable; output: Writable };
  /** Tells whether the program that started this process is gone. */
  isAbandoned: () => boolean;
  /** The version of Node that runs this, such as `20.11.1`. */
  nodeVersion: string;
  /** Tells whether a person types at stdin. */
  isTyped: () => boolean;
  /** The width of stdout in characters, where it is a terminal. */
  columns?: number;
  /** Resolves when all that was printed has arrived, with the error of stdout where it could not be written. */
  flush: () => Promise<Error | undefined>;
  readStdin: () => Promise<Uint8Array>;
  /** Whether stdin is a pipe or a file, so that somebody may have meant it to be read. */
  isPiped: () => boolean;
};
