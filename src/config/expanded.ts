import { type Env, firstSet } from './env.ts';

/** `${NAME}` and `${env:NAME}`, the ways in which hosts' own files name a variable. */
const REFERENCE = /\$\{(?:env:)?(\w+)\}/g;

/** A text of a config with the variables that it names filled in; `unset` is the first of them that has no value. */
export function expanded(text: string, env: Env): { text: string; unset?: string } {
  const names = [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []);
  const unset = names.find((name) => firstSet(env, [name]) === undefined);
  if (unset !== undefined) return { text, unset };
  return { text: text.replaceAll(REFERENCE, (_, name: string) => firstSet(env, [name])?.value ?? '') };
}
