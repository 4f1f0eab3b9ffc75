import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/config/decode-text.ts';
import { configured, refusal } from './configured.ts';

const TEXT = 'aliases:\n  quick: openai/größe\n';

describe('a configuration', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['UTF-16 in the other order', Buffer.from(TEXT, 'utf16le').swap16()],
    ['UTF-16 in the other order with a mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
    ['the line breaks of Windows', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
    ['the line breaks of an old Mac', Buffer.from(TEXT.replaceAll('\n', '\r'))],
  ])('in %s is read', (_, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: TEXT });
  });

  it.each([
    ['bytes of Latin-1', Buffer.from('# a\n# gr\xfc\n', 'latin1'), { line: 2, why: 'holds bytes that are no UTF-8' }],
    ['a NUL', Buffer.from('a: 1\n\0'), { line: 2, why: 'holds the control character U+0000' }],
    ['an escape', Buffer.from('a: 1\n\n"\u001b[2J"'), { line: 3, why: 'holds the control character U+001B' }],
  ])('with %s is not', (_, bytes, why) => {
    expect(decodeText(bytes)).toEqual(why);
  });

  it('may merge tables that stand elsewhere in it', () => {
    const base = 'agents:\n  base: &b { model: openai/x, system: one, max_tokens: 5 }\n';
    const user = `${base}  other: { <<: *b, system: two }\n  third:\n    <<: [*b]\n    max_tokens: 6\n`;
    expect(configured({ user }).agents).toMatchObject({
      other: { model: 'openai/x', system: 'two', maxTokens: 5 },
      third: { model: 'openai/x', system: 'one', maxTokens: 6 },
    });
  });

  it('names the key of what is wrong, where it stands, and nothing that was merged in from elsewhere', () => {
    const user = 'agents:\n  base: &b { model: openai/x }\n  other:\n    <<: *b\n    temprature: 1\n';
    expect(refusal({ user }).message).toBe(
      'config.yaml line 5: the key "temprature" in agents.other is not known; did you mean "temperature"?',
    );
  });

  it('says which of its patterns can never match a model', () => {
    expect(refusal({ user: 'models:\n  deny:\n    - gpt-5\n' }).message).toMatch(
      /^config\.yaml line 3: models\.deny\.0 .*write \*\/gpt-5 /,
    );
    expect(refusal({ user: 'models: { deny: [openai] }' }).message).toMatch(/models\.deny\.0 .*openai\/\*/);
    expect(refusal({ user: `models: { allow: ["${'{'.repeat(9)}"] }` }).message).toContain('models.allow.0');
  });
});
