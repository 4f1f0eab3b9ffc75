import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Failure } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { configFile, type ConfigValues, keysAt, TRUSTED_KEYS } from './schema.ts';

/** A configuration file as it was read. A project's file came with a repository and is not trusted. */
export type ConfigFile = { path: string; text: string; trusted: boolean };

const broken = (path: string, why: string): Failure => new Failure('config', `${path}: ${why}`);

function parseYaml({ path, text }: ConfigFile): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const error = document.errors[0];
  if (error === undefined) return document.toJS({ maxAliasCount: 100 }) ?? {};
  const line = text.slice(0, error.pos[0]).split('\n').length;
  throw broken(path, `line ${line} is not valid YAML (${clip(oneLine(error.message), 120)}); correct it or remove the file`);
}

function refuseUntrusted({ path, trusted }: ConfigFile, values: unknown): void {
  if (trusted || typeof values !== 'object' || values === null) return;
  const taken = Object.keys(values).filter((key) => TRUSTED_KEYS.includes(key));
  if (taken.length > 0) {
    throw broken(
      path,
      `${list(taken)} may be set only in your own config, because this file came with the project; move it there, or name the file with --config`,
    );
  }
}

/** One issue of zod's as a sentence of ours. */
function sentence(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const keys = keysAt(issue.path);
    const near = nearest(key, keys, 1)[0];
    const where = issue.path.length === 0 ? '' : ` in ${at}`;
    const hint = near === undefined ? `; known are ${list(keys)}` : `; did you mean "${near}"?`;
    return `the key "${key}"${where} is not known${hint}`;
  }
  const inner = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  return `${at}: ${clip(oneLine(inner ?? issue.message), 160)}`;
}

/** Reads and checks one file. Pure; throws a `config` failure that says which file, where, and what to do. */
export function parseConfigFile(file: ConfigFile): ConfigValues {
  const values = parseYaml(file);
  refuseUntrusted(file, values);
  const parsed = configFile.safeParse(values);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw broken(file.path, issue === undefined ? 'it is not a valid configuration' : sentence(issue));
}
