import type { Reader } from './reader.ts';

/** The place of a secret in a text, and its kind. */
export type Finding = { start: number; end: number; kind: string };

/**
 * One way to find secrets. `begins` is a short pattern for what they begin with or stand behind, so that a text is looked through
 * once for all rules. `read` is called at each place where it matched, and looks at no more than a bounded stretch and the value
 * itself.
 */
export type SecretRule = { begins: string; read: (reader: Reader, at: number) => readonly Finding[] };
