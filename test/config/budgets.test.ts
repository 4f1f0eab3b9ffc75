import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

const parse = (text: string, trusted = true) =>
  parseConfig({ env: {}, files: [{ path: 'switchboard.yaml', text, trusted }], cwd: '/p' });

it.each([
  ['$5 a day', 5, 'day', '$5.00 a day'],
  ['5 dollars per week', 5, 'week', '$5.00 a week'],
  ['0.5$/hour', 0.5, 'hour', '$0.50 an hour'],
  ['$100 monthly', 100, 'month', '$100.00 a month'],
  ['$20 total', 20, 'total', '$20.00 in total'],
  ['0 usd a call', 0, 'call', '$0 a call'],
  ['$1,000 a month', 1000, 'month', '$1,000.00 a month'],
  ['$.50 a day', 0.5, 'day', '$0.50 a day'],
  ['$2 EACH Session', 2, 'session', '$2.00 a session'],
] as const)('%s is one budget, by itself and in a list', (text, usd, window, name) => {
  const meant = { name, limit: usd * 1_000_000_000, window, rolling: false, scope: { kind: 'all' }, mode: 'block' };
  expect(parse(`budget: ${text}`).budgets).toEqual([meant]);
  expect(parse(`budgets: ["${text}", { limit_usd: 7 }]`).budgets).toMatchObject([meant, { limit: 7_000_000_000 }]);
});

it.each([
  'five dollars a day',
  '-5 a day',
  '€5 a day',
  '$5 a year',
  '$1,00 a month',
  '$,100 a month',
  '$5 a day or so',
  '$ a day',
  '5.5.5 a day',
])('budget: %s is an error that shows how it is written', (text) => {
  expect(() => parse(`budget: ${text}`)).toThrow(`switchboard.yaml line 1: budget: "${text}" is not understood; write`);
});

it.each([
  ['{ limit_usd: -1 }', 'line 1: budgets.0.limit_usd has to be at least 0'],
  ['{ limit_usd: 1, window: year }', 'budgets.0.window has to be one of call, session, hour, '],
  ['{ window: day }', 'budgets.0.limit_usd is missing; write each as "$5 a day" or as { limit_usd: 5, window: day }'],
  ['$5', 'line 1: budgets.0: "$5" is not understood; write an amount and how long it lasts'],
  ['true', 'budgets.0 has to be a string, a number or a table of keys; write each as "$5 a day"'],
  ['{ limit_usd: 1, window: total, rolling: true }', 'line 1: budgets.0: rolling is for windows of time, and "total" is none'],
  ['{ limit_usd: 1, scope: user }', 'the scope "user" is not known'],
  ['{ limit_usd: 1, scope: "all:openai" }', 'the scope "all:openai" is not known'],
  ['{ limit: 1 }', 'the key "limit" in budgets.0 is not known; did you mean "limit_usd"?'],
  ['{ limit_usd: 1, scope: "provider:opnai" }', 'there is no provider "opnai" (did you mean "openai"?)'],
  ['{ limit_usd: 1, scope: "tool:call-model" }', 'did you mean "call_model"?); there are call_model, compare_models'],
  ['{ limit_usd: 1, scope: "model:gpt-6.1" }', 'write model:*/gpt-6.1'],
  ['{ limit_usd: 1, scope: "model:openai" }', '"openai" is a provider: write model:openai/*'],
  ['{ limit_usd: 1, scope: "model:opnai/*" }', 'there is no provider "opnai" (did you mean "openai"?)'],
  ['{ limit_usd: 1, scope: "model:gpt-*" }', 'write model:*/gpt-*'],
  [
    '{ limit_usd: 1, scope: "model:quick" }',
    '"quick" is a short name of yours, and models are counted by their own: write model:google/m',
  ],
  ['{ limit_usd: 1, scope: "model:helper" }', 'write the provider/model that the default model means'],
  ['{ limit_usd: 1, scope: "project:~/work" }', 'a folder is named by its whole path'],
  ['{ limit_usd: 1, scope: "project:work" }', 'write project:/the/way/to/work, or project:*/work wherever it is'],
])('budgets: [%s] is an error that names the key', (text, words) => {
  const names = 'aliases: { quick: gemini/m }\nagents: { helper: { system: Help. } }';
  expect(() => parse(`budgets: [${text}]\n${names}`)).toThrow(words);
});

it.each([
  ['provider:gemini', 'provider', 'google'],
  ['provider:Gemini', 'provider', 'google'],
  ['model:gemini/*', 'model', 'google/*'],
  ['model:claude/opus', 'model', 'anthropic/opus'],
  ['model:*claude*', 'model', '*claude*'],
  ['model:{openai,google}/*', 'model', '{openai,google}/*'],
  ['model:open*', 'model', 'open*'],
  ['project:/tmp/x/', 'project', '/tmp/x'],
  ['project:/', 'project', '/'],
  ['project:*/x/', 'project', '*/x'],
])('the scope %s counts what is kept under %s %s', (scope, kind, pattern) => {
  const [budget] = parse(`budgets: [{ limit_usd: 1, scope: "${scope}" }]`).budgets;
  expect(budget).toMatchObject({ scope: { kind, pattern }, name: `$1.00 a day for ${scope.replace(':', ' ')}` });
});

it('a project is the same folder with and without a slash at its end', () => {
  const project = (CLAUDE_PROJECT_DIR: string) => parseConfig({ env: { CLAUDE_PROJECT_DIR } }).project;
  expect([project('/tmp/x/'), project('/tmp/x'), project('/')]).toEqual(['/tmp/x', '/tmp/x', '/']);
});

it('a budget that moves with the clock is called so', () => {
  const { budgets } = parse('budgets: [{ limit_usd: 0.1, window: hour, rolling: true }, { limit_usd: 1, rolling: true }]');
  expect(budgets.map(({ name }) => name)).toEqual(['$0.10 a rolling hour', '$1.00 a rolling day']);
});

const RATES = '{ input_usd_per_mtok: 1, output_usd_per_mtok: 2 }';

it.each([
  ['gemini-3', 'write */gemini-3 for whoever serves it'],
  ['gemini', '"gemini" is a provider: write google/* for all of its models'],
  ['quick', '"quick" is a short name of yours, and models are counted by their own: write google/m'],
  ['gogle/m', 'there is no provider "gogle" (did you mean "google"?): write */gogle/m if it is a model of whoever serves it'],
  ['gemini-*', 'write */gemini-*'],
])('a price for %s is an error that says what to write', (key, words) => {
  const text = `aliases: { quick: gemini/m }\npricing:\n  "openai/*": ${RATES}\n  ${key}: ${RATES}`;
  expect(() => parse(text)).toThrow(`switchboard.yaml line 4: pricing.${key} prices nothing: `);
  expect(() => parse(text)).toThrow(words);
});

it('prices, and lists of models, may name a provider by its other names', () => {
  const { pricing, models } = parse(`pricing: { "gemini/*": ${RATES} }\nmodels: { allow: ["gpt/*"], deny: ["gemini/*"] }`);
  expect(pricing).toEqual([{ pattern: 'google/*', rates: { input: 1, output: 2 } }]);
  expect(models).toEqual({ allow: ['openai/*'], deny: ['google/*'] });
});

it.each([
  'unknown_price: allow',
  'budget_output_tokens: 1',
  'pricing: { "*": { input_usd_per_mtok: 0, output_usd_per_mtok: 0 } }',
  'cache: { enabled: true }',
  'log: { content: true }',
])('a project’s own file may not say %s, and may set a budget for itself', (text) => {
  expect(() => parse(text, false)).toThrow('switchboard.yaml');
  expect(parse('budget: $5 a day', false).budgets).toMatchObject([{ project: '/p' }]);
});

it('budget: as a table is an error that shows how it is written', () => {
  expect(() => parse('budget: { limit_usd: 5 }')).toThrow(
    'switchboard.yaml line 1: budget has to be a string or a number; write an amount and how long it lasts, such as "$5 a day"',
  );
});
