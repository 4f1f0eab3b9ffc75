import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { failureOf } from './ring.ts';
import { NOBODY } from './shelf.ts';

const env = {
  SWITCHBOARD_CUSTOM_A_BASE_URL: NOBODY,
  SWITCHBOARD_CUSTOM_B_BASE_URL: NOBODY,
  OPENAI_API_KEY: 'k',
  OPENAI_BASE_URL: NOBODY,
};

async function refused(lines: readonly string[]): Promise<{ kind: string; message: string }> {
  const text = ['# The rules of an invented user.', 'retries: 0', ...lines].join('\n');
  const engine = createEngine(parseConfig({ env, files: [{ path: 'home/config.yaml', text, trusted: true }] }));
  try {
    const { kind, message } = await failureOf(engine.call({ ask: { messages: [userText('Hi')] }, model: 'custom-a/sim-1' }));
    return { kind, message };
  } finally {
    await engine.close();
  }
}

it.each([
  [
    'an unknown model in a chain',
    ['fallbacks:', '  default:', '    - custom-b/sim-1', '    - nonsense-9'],
    /^home\/config\.yaml line 6: .*nonsense-9/,
  ],
  ['an unknown model for long prompts', ['fallbacks:', '  too_long: [nonsense-9]'], /^home\/config\.yaml line 4: .*nonsense-9/],
  ['an unknown model for refusals', ['fallbacks:', '  refused: [nonsense-9]'], /^home\/config\.yaml line 4: .*nonsense-9/],
  [
    'a model that stands in for itself',
    ['fallbacks:', '  by_model:', '    custom-a/sim-1:', '      - custom-b/sim-1', '      - custom-a/sim-1'],
    /^home\/config\.yaml line 7: .*itself/,
  ],
  [
    'a model that stands in for itself under an alias',
    ['aliases:', '  mine: custom-a/sim-1', 'fallbacks:', '  by_model:', '    mine:', '      - custom-a/sim-1'],
    /^home\/config\.yaml line 8: .*itself/,
  ],
  [
    'a model that is denied',
    ['models:', '  deny: ["custom-b/*"]', 'fallbacks:', '  default:', '    - custom-b/sim-1'],
    /^home\/config\.yaml line 7: .*custom-b\/sim-1 is not allowed/,
  ],
  [
    'a model that is not among the allowed',
    ['models:', '  allow: ["custom-a/*"]', 'fallbacks:', '  default: [custom-b/sim-1]'],
    /^home\/config\.yaml line 6: .*custom-b\/sim-1 is not allowed/,
  ],
  [
    'a task that there is not',
    ['fallbacks:', '  by_task:', '    gardening: [custom-b/sim-1]'],
    /^home\/config\.yaml line 5: .*gardening/,
  ],
  [
    'a rule for a model that is unknown',
    ['fallbacks:', '  by_model:', '    nonsense-9: [custom-b/sim-1]'],
    /^home\/config\.yaml line 5: .*nonsense-9/,
  ],
  [
    'an unknown model for a task',
    ['tasks:', '  chores:', '    models:', '      - custom-a/sim-1', '      - nonsense-9'],
    /^home\/config\.yaml line 7: .*nonsense-9/,
  ],
])('%s is refused, with the place', async (_, lines, told) => {
  const { kind, message } = await refused(lines);
  expect(kind).toBe('config');
  expect(message).toMatch(told);
});

it('rules that can take effect are not', async () => {
  const { kind } = await refused([
    'aliases: { mine: custom-b/sim-1 }',
    'tasks: { gardening: { models: [mine] } }',
    'fallbacks: { default: [mine], by_task: { gardening: [custom-a/sim-1], code: [mine] }, by_model: { gpt-5-mini: [mine] } }',
  ]);
  // Nobody listens at the address: it was asked all the same.
  expect(kind).toBe('network');
});
