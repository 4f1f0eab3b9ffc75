import { list } from '../../src/core/text.ts';
import type { AuthStyle, Provider } from '../../src/providers/define.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import type { Tool } from '../../src/tools/define.ts';
import { TOOLS } from '../../src/tools/index.ts';
import type { Regions } from './regions.ts';

type Property = Tool['inputSchema']['properties'][string];

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Every name of a variable that a value holds, at whatever depth. */
export function variableNames(value: unknown): string[] {
  if (typeof value === 'string') return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(variableNames) : [];
}

/** What stands in for a key where a provider takes none, or can do without. */
const WITHOUT_KEY: Partial<Record<AuthStyle, string>> = {
  none: 'no key',
  entra: 'Microsoft Entra ID',
  'google-adc': 'Google application default credentials',
  aws: 'AWS credentials',
};

const keyless = ({ auth, variants = [] }: Provider): string | undefined =>
  WITHOUT_KEY[variants.find(({ when }) => when === 'no key')?.use.auth ?? auth];

function keyText(provider: Provider): string {
  const names = list(provider.keyEnv.map(code), 'or');
  const instead = keyless(provider);
  if (names === '') return instead ?? 'no key';
  return `${names}${provider.keyOptional ? ' (optional)' : ''}${instead === undefined ? '' : `, else ${instead}`}`;
}

/** The key; then the address; then whatever other variables the row names. */
function variables(provider: Provider): string {
  const { keyEnv, baseUrl, baseUrlEnv = [] } = provider;
  const needed = baseUrl === undefined ? ' (needed)' : '';
  const address = baseUrlEnv.length === 0 ? [] : [`address: ${list(baseUrlEnv.map(code), 'or')}${needed}`];
  const named = new Set([...keyEnv, ...baseUrlEnv]);
  const others = variableNames(provider).filter((name) => !named.has(name));
  return [keyText(provider), ...address, ...(others.length === 0 ? [] : [`also: ${list(others.map(code))}`])].join('; ');
}

const providers = (): string =>
  table(
    ['id', 'provider', 'variables', 'wire'],
    PROVIDERS.map((provider) => [
      [provider.id, ...(provider.aliases ?? [])].map(code).join(', '),
      `[${cell(provider.title)}](${provider.docs})`,
      variables(provider),
      code(provider.wire),
    ]),
  );

const idsWhere = (holds: (provider: Provider) => unknown): string => list(PROVIDERS.filter(holds).map(({ id }) => code(id)));

/** Those that the program does not choose by itself, and what changes that. */
function byName(): string {
  const lying = idsWhere(({ incidental }) => incidental);
  const keylessOnly = idsWhere(({ variants = [] }) => variants.some(({ when, use }) => when === 'no key' && use.incidental));
  const local = idsWhere((provider) => provider.local);
  return [
    'Some are called when a model names them, and chosen by the program itself only when your configuration names them:',
    `${lying}${keylessOnly === '' ? '' : `, and without a key ${keylessOnly}`}, whose credentials lie around for other purposes;`,
    `${local} (or when the address is set), which may not be running.`,
  ].join(' ');
}

const firstSentence = (text: string): string => text.slice(0, text.indexOf('. ') + 1);

/** A parameter's name, with what has to be given in bold. */
const parameter = (name: string, { required = [] }: Tool['inputSchema']): string =>
  required.includes(name) ? `**${code(name)}**` : code(name);

const tools = (): string =>
  table(
    ['tool', 'what it does', 'parameters (bold: required)'],
    TOOLS.map(({ name, description, inputSchema }) => [
      code(name),
      cell(firstSentence(description)),
      Object.keys(inputSchema.properties)
        .map((property) => parameter(property, inputSchema))
        .join(', '),
    ]),
  );

function values({ type, enum: choice, minimum, maximum }: Property): string {
  if (Array.isArray(choice)) return choice.map((one) => code(String(one))).join(', ');
  if (type === 'array') return 'list';
  if (type === 'string') return 'text';
  if (minimum === undefined || maximum === undefined) return String(type);
  const whole = type === 'integer' ? 'whole number' : 'number';
  return `${whole}, ${Number(minimum).toLocaleString('en-US')} to ${Number(maximum).toLocaleString('en-US')}`;
}

/** A cell that says one thing, or tool by tool what each says. */
function byTool(said: readonly { tool: string; text: string }[]): string {
  const texts = [...new Set(said.map(({ text }) => text))];
  if (texts.length === 1) return texts.join('');
  return texts
    .map((text) => {
      const names = said.filter((one) => one.text === text).map(({ tool }) => code(tool));
      return `${list(names)}: ${text}`;
    })
    .join('<br>');
}

/** Every parameter once: where a later tool repeats one, the first tool explains it; where it means something else, both do. */
function parameters(): string {
  const all = TOOLS.flatMap(({ name: tool, inputSchema: { properties } }) =>
    Object.entries(properties).map(([name, property]) => ({ tool, name, property, meaning: String(property['description']) })),
  );
  return table(
    ['parameter', 'values', 'meaning'],
    [...new Set(all.map(({ name }) => name))].map((name) => {
      const uses = all.filter((use) => use.name === name);
      const column = (text: (use: (typeof all)[number]) => string) =>
        byTool(uses.map((use) => ({ tool: use.tool, text: text(use) })));
      return [code(name), column(({ property }) => values(property)), column(({ meaning }) => cell(meaning))];
    }),
  );
}

/** What README.md has generated into it. */
export const README_REGIONS: Regions = { providers, 'by-name': byName, tools, parameters };
