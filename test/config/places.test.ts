import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';

const text = ['fallbacks:', '  by_model:', '    deep:', '      - custom-b/m', '  default: [fast]', ''].join('\n');

it.each([
  [['fallbacks', 'by_model', 'deep'], 'mine.yaml line 3'],
  [['fallbacks', 'by_model', 'deep', 0], 'mine.yaml line 4'],
  [['fallbacks', 'default', 0], 'mine.yaml line 5'],
  [['fallbacks', 'refused', 0], 'the configuration'],
])('the place of %j is %s', (keys, place) => {
  const config = parseConfig({ env: {}, files: [{ path: 'mine.yaml', text, trusted: true }] });
  expect(config.place(keys)).toBe(place);
});
