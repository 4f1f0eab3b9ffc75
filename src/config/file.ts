import { type Document, isMap, isNode, isScalar, parseDocument } from 'yaml';
import { Failure } from '../core/errors.ts';
import { clip, list, oneLine } from '../core/text.ts';
import { complaintOf, type Path } from './complaint.ts';
import { configFile, type ConfigValues, TRUSTED_KEYS } from './schema.ts';

/** A configuration file as it was read. A project's file came with a repository and is not trusted. */
export type ConfigFile = { path: string; text: string; trusted: boolean };

const broken = (path: string, why: string): Failure => new Failure('config', `${path}: ${why}`);

function readYaml({ path, text }: ConfigFile): Document {
  const document = parseDocument(text, { prettyErrors: false });
  const error = document.errors[0];
  if (error === undefined) return document;
  throw broken(
    path,
    `line ${lineAt(text, error.pos[0])} is not valid YAML (${clip(oneLine(error.message), 120)}); correct it or remove the file`,
  );
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** The node of a value, or of its key where it stands in a table: a block's value begins a line further down. */
function nodeAt(document: Document, keys: Path): unknown {
  const [last] = keys.slice(-1);
  const parent = document.getIn(keys.slice(0, -1), true);
  if (!isMap(parent)) return document.getIn(keys, true);
  return parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === last)?.key;
}

/** Where a value stands, as `file line n`, for rules that turn out to be dead only later; the file alone where it has no line. */
export function placeIn(file: ConfigFile, keys: Path): string | undefined {
  const node = nodeAt(readYaml(file), keys);
  if (node === undefined) return undefined;
  return isNode(node) && node.range ? `${file.path} line ${lineAt(file.text, node.range[0])}` : file.path;
}

/** An agent of a cloned repository must not have files sent that nobody asked for. */
const filesOfAgents = (values: object): string[] =>
  'agents' in values && typeof values.agents === 'object' && values.agents !== null
    ? Object.entries(values.agents).flatMap(([name, agent]: [string, unknown]) =>
        typeof agent === 'object' && agent !== null && 'files' in agent ? [`agents.${name}.files`] : [],
      )
    : [];

function refuseUntrusted({ path, trusted }: ConfigFile, values: unknown): void {
  if (trusted || typeof values !== 'object' || values === null) return;
  const taken = [...Object.keys(values).filter((key) => TRUSTED_KEYS.includes(key)), ...filesOfAgents(values)];
  if (taken.length > 0) {
    throw broken(
      path,
      `${list(taken)} may be set only in your own config, because this file came with the project; move it there, or name the file with --config`,
    );
  }
}

/** Where an issue stands: at the key that is wrong, or at what holds it. */
function whereIs(file: ConfigFile, keys: Path): string {
  if (keys.length === 0) return file.path;
  return placeIn(file, keys) ?? whereIs(file, keys.slice(0, -1));
}

/** Reads and checks one file. Pure; throws a `config` failure that says which file, where, and what to do. */
export function parseConfigFile(file: ConfigFile): ConfigValues {
  const values: unknown = readYaml(file).toJS({ maxAliasCount: 100 }) ?? {};
  refuseUntrusted(file, values);
  const parsed = configFile.safeParse(values);
  if (parsed.success) return parsed.data;
  const complaint = complaintOf(parsed.error.issues, values);
  throw broken(whereIs(file, complaint.keys), complaint.text);
}
