import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/context/secrets/json.ts';
import { drawn, pem } from './drawn.ts';

const PASSWORD = 'Tr0ub4dor&3xyz';
const KEY = drawn(40);
const GITHUB = `ghp_${drawn(36)}`;

const described = (description: string): Record<string, unknown> => ({ type: 'object', properties: { a: { description } } });
const redact = (value: Record<string, unknown>) => scanJson('json_schema', value, 'redact');

describe('a scan of a JSON Schema', () => {
  it.each([
    ['Use:\n…', GITHUB],
    ['\t…', GITHUB],
    ['Use:\r\n…\r\n', `AKIA${drawn(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`],
    ['password = "…"', PASSWORD],
    ['x\nDB_PASSWORD=…\nNEXT=1', 'Tr0ub4dor3xyz'],
    ['const apiKey = `…`;', KEY],
    ['machine git.corp.net login bob password …', 'hunter2'],
    ['…', pem('EC PRIVATE KEY')],
  ])('replaces in %j what is secret, and nothing else', async (text, secret) => {
    const { value, redacted } = await redact(described(text.replace('…', secret)));
    const [{ line, kind, path } = { line: 0, kind: '', path: '' }] = redacted;
    expect({ path, line, many: redacted.length }).toEqual({
      path: 'json_schema/properties/a/description',
      line: text.split('…')[0]?.split('\n').length,
      many: 1,
    });
    const lines = secret.split('\n').map((_, index) => (index === 0 ? `[redacted: ${kind}]` : '[redacted]'));
    expect(value).toEqual(described(text.replace('…', lines.join('\n'))));
  });

  it('knows a value by the name of its property', async () => {
    const schema = (password: string, token: string) => ({
      properties: {
        password: { type: 'string', default: password },
        api_token: { enum: ['none', token], examples: [{ pwd: password }] },
      },
    });
    const { value, redacted } = await redact(schema(PASSWORD, KEY));
    expect(value).toEqual(schema('[redacted: password]', '[redacted: secret]'));
    expect(redacted.map(({ path }) => path)).toEqual([
      'json_schema/properties/password/default',
      'json_schema/properties/api_token/enum/1',
      'json_schema/properties/api_token/examples/0/pwd',
    ]);
  });

  it('looks at keys, and tells no place by one that is secret', async () => {
    const { value, redacted } = await redact({ properties: { [GITHUB]: { default: `x ${GITHUB}` } }, required: [GITHUB] });
    expect(JSON.stringify([value, redacted])).not.toContain(GITHUB);
    expect(redacted).toHaveLength(3);
    expect(value).toMatchObject({ required: [Object.keys(Object(value['properties']))[0]] });
  });

  it('leaves a schema without secrets as it is, with whatever is no text', async () => {
    const schema = {
      type: 'object',
      properties: {
        password: { type: 'string', minLength: 8, pattern: '^(?=.*\\d)[\\w"]+$', description: 'At least "8" characters.' },
      },
      required: ['password'],
      additionalProperties: false,
      examples: [null, 1.5, [], {}, { ['__proto__']: 1 }],
    };
    const { value, redacted } = await redact(schema);
    expect(JSON.stringify(value)).toBe(JSON.stringify(schema));
    expect(redacted).toEqual([]);
  });

  it('refuses one that has no end of levels', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}${JSON.stringify(GITHUB)}${'}'.repeat(20_000)}`);
    await expect(redact(deep)).rejects.toThrow('json_schema is nested more than 500 levels deep: write it flatter');
  });

  it('says where they are when it is to refuse', async () => {
    await expect(scanJson('json_schema', described(`a\n${GITHUB}`), 'refuse')).rejects.toThrow(
      'holds secrets, at json_schema/properties/a/description:2 (GitHub token)',
    );
  });
});
