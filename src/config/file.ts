import { Failure } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';
import { OWN_BOUNDS, PROJECT_BOUNDS } from './bounds.ts';
import { type Complaint, complaintOf, type Path } from './complaint.ts';
import { strangeIn, untrustedIn } from './project-file.ts';
import { configFile, type ConfigValues } from './schema.ts';
import { readYaml, type Yaml } from './yaml-text.ts';

/** A configuration file as it was read. A project's file came with a repository and is not trusted. */
export type ConfigFile = { path: string; text: string; trusted: boolean };

/** A file that was understood. */
export type Parsed = {
  file: ConfigFile;
  values: ConfigValues;
  /** Where a value stands, or what holds it: `file line n`, and the file alone where nothing has a line. */
  placeOf: (keys: Path) => string;
};

/** A file as it is called in a sentence: its folder may have any name. */
const nameOf = ({ path }: ConfigFile): string => oneLine(path);

function yamlOf(file: ConfigFile): Yaml {
  const yaml = readYaml(file.text, file.trusted ? OWN_BOUNDS : PROJECT_BOUNDS);
  if ('values' in yaml) return yaml;
  const where = yaml.line === undefined ? '' : `line ${yaml.line} `;
  throw new Failure('config', `${nameOf(file)}: ${where}${yaml.why}`);
}

/** The key of an object's own prototype: assigned to a table, it would give all of its keys another meaning. */
const RESERVED = '__proto__';

/** The way to a key that no table can have; undefined: there is none. */
function reservedIn(values: unknown, path: Path = []): Path | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  if (Object.hasOwn(values, RESERVED)) return [...path, RESERVED];
  for (const [key, value] of Object.entries(values)) {
    const found = reservedIn(value, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function reservedKey(values: unknown): Complaint | undefined {
  const keys = reservedIn(values);
  return keys && { keys, text: `the name "${RESERVED}" cannot be used; choose another` };
}

/** Reads and checks one file. Pure; throws a `config` failure that says which file, where, and what to do. */
export function parseConfigFile(file: ConfigFile): Parsed {
  const { values, lineOf } = yamlOf(file);
  function placeOf(keys: Path): string {
    if (keys.length === 0) return nameOf(file);
    const line = lineOf(keys);
    return line === undefined ? placeOf(keys.slice(0, -1)) : `${nameOf(file)} line ${line}`;
  }
  const refuse = ({ keys, text }: Complaint): Failure => new Failure('config', `${placeOf(keys)}: ${text}`);
  const early = reservedKey(values) ?? (file.trusted ? undefined : untrustedIn(values));
  if (early !== undefined) throw refuse(early);
  const parsed = configFile.safeParse(values);
  if (!parsed.success) throw refuse(complaintOf(parsed.error.issues, values));
  const strange = file.trusted ? undefined : strangeIn(parsed.data);
  if (strange !== undefined) throw refuse(strange);
  return { file, values: parsed.data, placeOf };
}
