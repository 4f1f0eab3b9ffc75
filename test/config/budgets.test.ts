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
  ['$2 EACH Session', 2, 'session', '$2.00 a session'],
] as const)('budget: %s is one budget', (text, usd, window, name) => {
  expect(parse(`budget: ${text}`).budgets).toEqual([
    { name, limit: usd * 1_000_000_000, window, rolling: false, scope: { kind: 'all' }, mode: 'block' },
  ]);
});

it.each([
  'five dollars a day',
  '-5 a day',
  '€5 a day',
  '$5 a year',
  '$1,000 a month',
  '$5 a day or so',
  '$ a day',
  '5.5.5 a day',
])('budget: %s is an error that shows how it is written', (text) => {
  expect(() => parse(`budget: ${text}`)).toThrow(`switchboard.yaml: budget: "${text}" is not understood; write`);
});

it.each([
  ['{ limit_usd: -1 }', 'limit_usd'],
  ['{ limit_usd: 1, window: year }', 'window'],
  ['{ limit_usd: 1, scope: user }', 'the scope "user" is not known'],
  ['{ limit_usd: 1, scope: "all:openai" }', 'the scope "all:openai" is not known'],
  ['{ limit: 1 }', 'limit'],
  ['{ limit_usd: 1, scope: "provider:opnai" }', 'there is no provider "opnai" (did you mean "openai"?)'],
  ['{ limit_usd: 1, scope: "tool:call-model" }', 'did you mean "call_model"?); there are call_model, compare_models'],
  ['{ limit_usd: 1, scope: "model:gpt-6.1" }', 'write model:*/gpt-6.1'],
  ['{ limit_usd: 1, scope: "project:~/work" }', 'a folder is named by its whole path'],
])('budgets: [%s] is an error that names the key', (text, words) => {
  expect(() => parse(`budgets: [${text}]`)).toThrow(words);
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
