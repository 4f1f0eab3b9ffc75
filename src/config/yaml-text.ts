import { CST, type Document, isMap, isNode, isScalar, Lexer, parseDocument, visit } from 'yaml';
import { clip, oneLine } from '../core/text.ts';
import { type Bounds, MAX_ALIASES, MAX_DEPTH } from './bounds.ts';
import type { Path } from './complaint.ts';

/** Why a text is not understood as YAML, as the end of a sentence, and in which line. */
type Fault = { line?: number; why: string };

/** A text that is understood as YAML. */
export type Yaml = {
  values: unknown;
  /** The line of a value, or of its key where it stands in a table; undefined: it is not there. */
  lineOf: (keys: Path) => number | undefined;
};

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

const quoted = (text: string): string => `"${clip(oneLine(text), 60)}"`;

/** What YAML takes a text for that begins with one of its signs. */
const SIGNS: Readonly<Record<string, string>> = { '*': 'a reference', '&': 'an anchor', '!': 'a tag' };

/** A text that begins with a sign of YAML's was mostly meant as a text: `*preview*`, `!dist`, `@x`. */
const unquoted = (said: string): string =>
  `${clip(oneLine(said), 60)} stands there without quotes, and YAML takes what begins with "${said.charAt(0)}" for ${SIGNS[said.charAt(0)] ?? 'something else'}; write ${quoted(said)}`;

/** Our words for what the library finds, where they say more than its own. */
const WORDS: Readonly<Record<string, (said: string) => string>> = {
  TAG_RESOLVE_FAILED: unquoted,
  BAD_ALIAS: unquoted,
  BAD_SCALAR_START: unquoted,
  DUPLICATE_KEY: () => 'the same key stands there a second time',
  MULTIPLE_DOCS: () => 'a second document begins there, and only one is read',
  TAB_AS_INDENT: () => 'it is indented with a tab, and YAML takes only spaces',
};

const notYaml = (words: string): string => `is not valid YAML (${words}); correct it or remove the file`;

/** How much each kind of token adds to the depth: brackets until they close, the signs of a block within their line. */
const DEEPER: Readonly<Partial<Record<string, number>>> = {
  'flow-seq-start': 1,
  'flow-map-start': 1,
  'flow-seq-end': -1,
  'flow-map-end': -1,
};
const IN_LINE: ReadonlySet<string> = new Set(['seq-item-ind', 'explicit-key-ind']);
const ENTRIES: ReadonlySet<string> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind', 'comma']);

/**
 * What is too much in a text for the library: it is quadratic in the keys of a table and in aliases, and tens of thousands of
 * brackets end the process. Looks at tokens only, which takes linear time.
 */
function excess(text: string, bounds: Bounds): Fault | undefined {
  const seen = { tokens: 0, entries: 0, aliases: 0 };
  let [depth, inLine, line] = [0, 0, 1];
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source) ?? '';
    seen.tokens += 1;
    if (ENTRIES.has(type)) seen.entries += 1;
    if (type === 'alias' || type === 'anchor') seen.aliases += 1;
    depth += DEEPER[type] ?? 0;
    inLine = type === 'newline' ? 0 : inLine + Number(IN_LINE.has(type));
    if (depth + inLine > MAX_DEPTH) return { line, why: `stands more than ${MAX_DEPTH} levels deep; write it flatter` };
    if (seen.aliases > MAX_ALIASES)
      return { line, why: `has more than ${MAX_ALIASES} anchors and aliases before it; write the values out` };
    if (seen.entries > bounds.entries || seen.tokens > bounds.tokens)
      return { line, why: 'is as far as a file of this kind is read: it has too many entries; make it shorter' };
    line += source.split('\n').length - 1;
  }
  return undefined;
}

/** An alias that means nothing, or what it stands in itself. */
function strayAlias(document: Document, text: string): Fault | undefined {
  let fault: Fault | undefined;
  visit(document, {
    Alias(_, alias, path) {
      const meant = alias.resolve(document);
      const said = `*${alias.source}`;
      const words = meant === undefined ? unquoted(said) : `${clip(oneLine(said), 60)} means what it stands in itself`;
      if (meant !== undefined && !path.includes(meant)) return undefined;
      fault = { line: lineAt(text, alias.range?.[0] ?? 0), why: notYaml(words) };
      return visit.BREAK;
    },
  });
  return fault;
}

/** What the library holds against a text: its errors, and tags, which mean nothing in a configuration. */
function complaintIn({ errors, warnings }: Document, text: string): Fault | undefined {
  const fault = errors[0] ?? warnings[0];
  if (fault === undefined) return undefined;
  const [from] = fault.pos;
  const [said = ''] = /^[^\s,\]}]*/.exec(text.slice(from)) ?? [];
  const words = WORDS[fault.code]?.(said) ?? clip(oneLine(fault.message), 120);
  return { line: lineAt(text, from), why: notYaml(words) };
}

/** The node of a value, or of its key where it stands in a table: a block's value begins a line further down. */
function nodeAt(document: Document, keys: Path): unknown {
  const [last] = keys.slice(-1);
  const parent = document.getIn(keys.slice(0, -1), true);
  if (!isMap(parent)) return document.getIn(keys, true);
  return parent.items.find(({ key }) => (isScalar(key) ? key.value : key) === last)?.key;
}

/** The values of a document. What the library throws here is about aliases that multiply, and about `<<` over what is no table. */
function valuesOf(document: Document, text: string): { values: unknown } | Fault {
  try {
    return { values: document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {} };
  } catch (error) {
    const isMerge = error instanceof Error && /merge/i.test(error.message);
    if (isMerge) return { line: lineAt(text, text.indexOf('<<')), why: notYaml('"<<" takes a table, or a list of tables') };
    return { why: 'its aliases stand for one another so often that they would fill the memory; write the values out' };
  }
}

/** Understands a text as YAML within its bounds, `<<` included. Pure; takes time that grows with the text. */
export function readYaml(text: string, bounds: Bounds): Yaml | Fault {
  const tooMuch = excess(text, bounds);
  if (tooMuch !== undefined) return tooMuch;
  const document = parseDocument(text, { prettyErrors: false, merge: true, resolveKnownTags: false });
  const fault = complaintIn(document, text) ?? strayAlias(document, text);
  if (fault !== undefined) return fault;
  const found = valuesOf(document, text);
  if (!('values' in found)) return found;
  return {
    values: found.values,
    lineOf(keys) {
      const node = nodeAt(document, keys);
      return isNode(node) && node.range ? lineAt(text, node.range[0]) : undefined;
    },
  };
}
