import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROVIDERS } from '../../src/providers/index.ts';
import { blocksOf, commandsOf, type Document, DOCUMENTS, ROOT } from '../docs/documents.ts';

const names = PROVIDERS.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
const NAMED = new RegExp(String.raw`(?<![\w/.@-])(?:${names.join('|')})/[\w.:/-]*\w`, 'g');

const written = ({ text }: Document): string[] => [...text.matchAll(NAMED)].map((match) => match[0]);

/** What stands after `-m` and `--model`, shell variables and placeholders apart. */
const asked = (document: Document): string[] =>
  commandsOf(document)
    .flatMap((command) => [...command.matchAll(/(?:\s-m|--model)[ =]([\w./:-]+)/g)])
    .flatMap((match) => match[1] ?? []);

/** The models that a configuration gives to its providers: `providers.openai.default_model` is openai's. */
function usual(document: Document): string[] {
  return blocksOf(document)
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => {
      const { providers }: { providers?: Record<string, { default_model?: string } | null> } = { ...parse(text) };
      return Object.entries(providers ?? {}).flatMap(([id, values]) =>
        values?.default_model === undefined ? [] : [`${id}/${values.default_model}`],
      );
    });
}

/** The models that a document names, each once. */
export const modelsNamedIn = (document: Document): string[] => [
  ...new Set([...written(document), ...asked(document), ...usual(document)]),
];

/** Whatever shows a reader models to call. */
export const EXAMPLES: readonly Document[] = [
  ...DOCUMENTS,
  ...['scripts/demo.ts'].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
];
