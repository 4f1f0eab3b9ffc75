import { isTaken, type Known } from '../../catalog/resolve.ts';
import { keyText } from '../../config/complaint.ts';
import type { Config } from '../../config/config.ts';
import { Failure } from '../../core/errors.ts';

/** The names that a project's file gives, and where each stands. */
const namesIn = ({ aliases, agents }: NonNullable<Config['projectFile']>): [string, string][] => [
  ...Object.keys(aliases).map((name): [string, string] => ['aliases', name]),
  ...Object.keys(agents).map((name): [string, string] => ['agents', name]),
];

/** A cloned repository must not decide that `gpt-5` is something else. Throws a `config` failure for the first name that would. */
export function refuseShadowing({ projectFile, place }: Config, known: Known): void {
  const taken = projectFile && namesIn(projectFile).find(([, name]) => isTaken(name, known));
  if (taken === undefined) return;
  throw new Failure(
    'config',
    `${place(taken)}: ${keyText(taken)}: "${taken[1]}" is the name of a model or provider, which a project's file may not redefine; rename it`,
  );
}
