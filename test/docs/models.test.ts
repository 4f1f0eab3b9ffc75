import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isRetired, loadCatalog } from '../../src/catalog/catalog.ts';
import { resolveModel } from '../../src/catalog/resolve.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { blocksOf, commandsOf, type Document, DOCUMENTS, ROOT } from './documents.ts';

const catalog = await loadCatalog();

/** How long a model that a document names has to live yet, in days, from the day of the catalogue. */
const SOON = 60;
const soon = new Date(Date.parse(catalog.date) + SOON * 86_400_000).toISOString().slice(0, 10);

const names = PROVIDERS.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
const NAMED = new RegExp(String.raw`(?<![\w/.@-])(?:${names.join('|')})/[\w.:/-]*\w`, 'g');

const known = { aliases: {}, providers: PROVIDERS.map((provider) => ({ ...provider, ready: true })), catalog };

/** Why a model should not be named; undefined when nothing is wrong with it, or nobody can know (a local server, a proxy). */
function trouble(model: string): string | undefined {
  try {
    const { provider: id, model: found } = resolveModel(model, known);
    const provider = PROVIDERS.find((row) => row.id === id);
    const key = provider?.catalog === undefined ? id : provider.catalog;
    if (key === null) return undefined;
    if (!catalog.has(key, found)) return `${model} is not in the catalogue`;
    return isRetired(catalog.facts(key, found), soon) ? `${model} retires by ${soon}` : undefined;
  } catch (error) {
    return `${model}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const namedModels = ({ text }: Document): string[] => [...text.matchAll(NAMED)].map((match) => match[0]);

/** What stands after `-m` and `--model`, shell variables and placeholders apart. */
const askedModels = (document: Document): string[] =>
  commandsOf(document)
    .flatMap((command) => [...command.matchAll(/(?:\s-m|--model)[ =]([\w./:-]+)/g)])
    .flatMap((match) => match[1] ?? []);

/** The models that a configuration gives to its providers: `providers.openai.default_model` is openai's. */
function defaultModels(document: Document): string[] {
  return blocksOf(document)
    .filter(({ language }) => language === 'yaml')
    .flatMap(({ text }) => {
      const { providers }: { providers?: Record<string, { default_model?: string } | null> } = { ...parse(text) };
      return Object.entries(providers ?? {}).flatMap(([id, values]) =>
        values?.default_model === undefined ? [] : [`${id}/${values.default_model}`],
      );
    });
}

const EXAMPLES: readonly Document[] = [
  ...DOCUMENTS,
  ...['scripts/demo.ts'].map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
];

describe('The models that documents and examples name', () => {
  it.each(EXAMPLES.map((document) => ({ document, path: document.path })))(
    '$path: are known and will be served for a while',
    ({ document }) => {
      const models = [...namedModels(document), ...askedModels(document), ...defaultModels(document)];
      expect(models.map(trouble).filter((found) => found !== undefined)).toEqual([]);
    },
  );

  it('are found, and faults in them too', () => {
    const text =
      '`openai/gpt-none`, ollama/anything, src/providers/openai.ts, @google/genai\n```sh\nswitchboard call -m gpt-none\n```\n' +
      '```yaml\nproviders: { openai: { default_model: gpt-none } }\n```\n';
    const document = { path: 'README.md', text };
    expect(namedModels(document)).toEqual(['openai/gpt-none', 'ollama/anything']);
    expect([...askedModels(document), ...defaultModels(document)]).toEqual(['gpt-none', 'openai/gpt-none']);
    expect(trouble('openai/gpt-none')).toContain('not in the catalogue');
    expect(trouble('gpt-none')).toContain('known');
    expect(trouble('groq/llama-3.3-70b-versatile')).toContain('retires');
    expect(trouble('ollama/anything')).toBeUndefined();
  });
});
