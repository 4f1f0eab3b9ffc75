/** Something that a call sends from the user's machine. */
export type Sent = {
  what: 'file' | 'diff' | 'image' | 'pdf';
  /** How it is named: relative to its root, or the URL of an image. */
  path: string;
  /** The folder that it lies in, where it lies on the disk. */
  root?: string;
  /** Which lines, of how many; of a file that was not read to its end nobody knows. */
  lines?: { from: number; to: number; of?: number };
  /** How it was read, where it is no UTF-8. */
  encoding?: string;
  /** Bytes of what is sent. */
  bytes: number;
  /** An estimate; absent where nobody can say (images). */
  tokens?: number;
};

/** Something that was asked for or found, and is not sent. */
export type LeftOut = { path: string; why: string };

/** A secret that was replaced: where it stood and what it was, never itself. */
export type Redacted = { path: string; line: number; kind: string };

/** How many tokens a text takes, roughly. */
export type Estimate = (text: string) => number;
