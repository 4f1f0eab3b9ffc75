import { Failure } from '../core/errors.ts';

/** The oldest major version of Node that runs all of this (package.json, engines). */
const OLDEST_NODE = 20;

/** Says which version of Node is needed, where this one is older; undefined where it is not. */
export function describeOldNode(version: string): string | undefined {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return undefined;
  return `Node ${OLDEST_NODE} or later is needed, and this is Node ${version}: install a newer one, or name it as the command in the host's configuration`;
}

/** Throws a `config` failure that names the version that is needed, where Node is older. */
export function checkNode(version: string): void {
  const old = describeOldNode(version);
  if (old !== undefined) throw new Failure('config', old);
}
