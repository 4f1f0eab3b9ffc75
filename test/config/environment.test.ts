import { describe, expect, it } from 'vitest';
import { refusal, setup } from './configured.ts';

const key = (env: Record<string, string>, id = 'openai') => {
  const found = setup({ env }, id).key;
  return found && { from: found.from, value: found.secret.reveal() };
};

describe('a key', () => {
  it('comes from its variable', () => {
    expect(key({ OPENAI_API_KEY: 'sk-1' })).toEqual({ from: 'OPENAI_API_KEY', value: 'sk-1' });
  });

  it('comes from the prefixed variable where both are set', () => {
    const env = { OPENAI_API_KEY: 'sk-1', SWITCHBOARD_OPENAI_API_KEY: 'sk-2' };
    expect(key(env)).toEqual({ from: 'SWITCHBOARD_OPENAI_API_KEY', value: 'sk-2' });
  });

  it('comes from the first of several variables that is set', () => {
    expect(key({ GEMINI_API_KEY: 'one', GOOGLE_API_KEY: 'two' }, 'google')).toEqual({ from: 'GEMINI_API_KEY', value: 'one' });
    expect(key({ GEMINI_API_KEY: '', GOOGLE_API_KEY: 'two' }, 'google')).toEqual({ from: 'GOOGLE_API_KEY', value: 'two' });
  });

  it('loses the white space around it', () => {
    expect(key({ OPENAI_API_KEY: ' sk-1\n' })).toMatchObject({ value: 'sk-1' });
  });

  it.each([
    '"sk-1"',
    "'sk-1'",
    `'"sk-1"'`,
    '“sk-1”',
    '`sk-1`',
    '\uFEFFsk-1',
    'sk-1\r\n',
    'sk-1\\n',
    'Bearer sk-1',
    'Authorization: Bearer sk-1',
    'OPENAI_API_KEY=sk-1',
    'export OPENAI_API_KEY="sk-1"',
    '$env:OPENAI_API_KEY = "sk-1"',
    'x-api-key: sk-1',
  ])('loses what it was copied with: %j', (value) => {
    const { missing } = setup({ env: { OPENAI_API_KEY: value } }, 'openai');
    expect({ key: key({ OPENAI_API_KEY: value }), missing }).toEqual({
      key: { from: 'OPENAI_API_KEY', value: 'sk-1' },
      missing: undefined,
    });
  });

  it.each([
    ['sk-1,sk-2', 'OPENAI_API_KEY holds several keys with commas between them: leave one'],
    ['"sk-1", "sk-2"', 'OPENAI_API_KEY holds characters that no key has (quotes, spaces or line breaks): copy the key again'],
    ['sk-1 sk-2', 'OPENAI_API_KEY holds characters that no key has (quotes, spaces or line breaks): copy the key again'],
    ['sk-…1', 'OPENAI_API_KEY holds characters that no key has (quotes, spaces or line breaks): copy the key again'],
  ])('is refused before any call where it can be none: %s', (value, why) => {
    expect(setup({ env: { OPENAI_API_KEY: value } }, 'openai').missing).toBe(why);
  });

  it('comes from the variable that a config names, and from no other', () => {
    const user = 'providers: { openai: { key_env: WORK_KEY } }';
    expect(setup({ user, env: { OPENAI_API_KEY: 'sk-1', WORK_KEY: 'sk-2' } }, 'openai').key).toMatchObject({ from: 'WORK_KEY' });
    expect(setup({ user, env: { OPENAI_API_KEY: 'sk-1' } }, 'openai').missing).toContain('WORK_KEY');
  });

  it('that a config names for a provider that is shown none is told to be idle', () => {
    const user = 'providers: { vertex: { key_env: WORK_KEY, project: p1 } }';
    expect(setup({ user, env: { WORK_KEY: 'sk-1' } }, 'vertex').missing).toBe(
      'Google Vertex AI is shown no key, so providers.vertex.key_env has no effect: remove it',
    );
  });

  it('is missing where the config names it, whatever else the machine has', () => {
    const user = 'providers: { azure: { key_env: WORK_KEY, base_url: "https://me.openai.azure.com" } }';
    expect(setup({ user }, 'azure').missing).toContain('set WORK_KEY in');
  });

  it('is a token where the environment names a gateway, and only there', () => {
    const env = { ANTHROPIC_AUTH_TOKEN: 'token-1', ANTHROPIC_API_KEY: 'sk-ant-1' };
    const { provider, key: shown } = setup({ env: { ...env, ANTHROPIC_BASE_URL: 'https://gate.example' } }, 'anthropic');
    expect({ auth: provider.auth, from: shown?.from }).toEqual({ auth: 'bearer', from: 'ANTHROPIC_AUTH_TOKEN' });
    expect(key(env, 'anthropic')).toEqual({ from: 'ANTHROPIC_API_KEY', value: 'sk-ant-1' });
    expect(key({ ANTHROPIC_AUTH_TOKEN: 'token-1' }, 'anthropic')).toBeUndefined();
  });
});

describe.each(['', '  ', '${OPENAI_API_KEY}', '${env:OPENAI_API_KEY}', '$OPENAI_API_KEY', '%OPENAI_API_KEY%'])(
  'a variable that holds %j',
  (value) => {
    it('counts as unset', () => {
      expect(key({ OPENAI_API_KEY: value })).toBeUndefined();
    });

    it('gives way to the plain one where it is the prefixed one', () => {
      expect(key({ SWITCHBOARD_OPENAI_API_KEY: value, OPENAI_API_KEY: 'sk-1' })).toMatchObject({ from: 'OPENAI_API_KEY' });
    });

    it('is no address either', () => {
      const { baseUrl, addressFrom } = setup({ env: { OPENAI_BASE_URL: value } }, 'openai');
      expect({ baseUrl, addressFrom }).toEqual({ baseUrl: 'https://api.openai.com/v1', addressFrom: undefined });
    });
  },
);

describe('what is missing', () => {
  it('is told by the variables that would help', () => {
    expect(setup({}, 'google').missing).toBe(
      "Google Gemini is not set up: set GEMINI_API_KEY or GOOGLE_API_KEY in the server's environment",
    );
  });

  it('is told with the placeholder that a host left behind', () => {
    expect(setup({ env: { OPENAI_API_KEY: '${OPENAI_API_KEY}' } }, 'openai').missing).toMatch(
      /OPENAI_API_KEY holds a placeholder that your host did not expand$/,
    );
  });

  it('is told of an address that is none, by the variable that holds it', () => {
    const env = { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'not an address' };
    expect(setup({ env }, 'openai').missing).toMatch(/^OPENAI_BASE_URL is not an address/);
  });
});

describe('an address', () => {
  it('comes from the environment before the config, and from the config before the row', () => {
    const user = 'providers: { openai: { base_url: "https://gate.example/v1" } }';
    expect(setup({ user }, 'openai').baseUrl).toBe('https://gate.example/v1');
    expect(setup({ user, env: { OPENAI_BASE_URL: 'https://other.example/v1' } }, 'openai').baseUrl).toBe(
      'https://other.example/v1',
    );
  });

  it.each(['openai', 'anthropic', 'groq', 'openrouter', 'huggingface'])(
    'can be moved for every row by <ID>_BASE_URL: %s',
    (id) => {
      const env = { [`${id.toUpperCase()}_BASE_URL`]: 'https://gate.example/v1' };
      expect(setup({ env }, id).baseUrl).toBe('https://gate.example/v1');
    },
  );

  it('comes from the prefixed variable where both are set', () => {
    const env = { SWITCHBOARD_OPENAI_BASE_URL: 'https://a.example/v1', OPENAI_BASE_URL: 'https://b.example/v1' };
    expect(setup({ env }, 'openai').baseUrl).toBe('https://a.example/v1');
  });
});

describe('a variable that a config names as ${NAME}', () => {
  const user = [
    'providers:',
    '  custom-box:',
    '    base_url: "https://${GATE}/v1"',
    '    headers: { Ocp-Apim-Subscription-Key: "${APIM_KEY}", x-team: "blue-${env:TEAM}" }',
  ].join('\n');

  it('is filled in, in headers and addresses', () => {
    const env = { GATE: 'gate.example', APIM_KEY: 'kkkk', TEAM: '7' };
    expect(setup({ user, env }, 'custom-box')).toMatchObject({
      baseUrl: 'https://gate.example/v1',
      headers: { 'Ocp-Apim-Subscription-Key': 'kkkk', 'x-team': 'blue-7' },
    });
  });

  it.each([
    [{}, 'providers.custom-box.base_url names ${GATE}, which is not set in the environment'],
    [
      { GATE: 'gate.example' },
      'providers.custom-box.headers.Ocp-Apim-Subscription-Key names ${APIM_KEY}, which is not set in the environment',
    ],
    [
      { GATE: 'gate.example', APIM_KEY: 'one\ntwo', TEAM: '7' },
      'providers.custom-box.headers.Ocp-Apim-Subscription-Key holds characters that no header may have, such as a line break',
    ],
  ])('is told where it cannot be: %j', (env, why) => {
    expect(setup({ user, env }, 'custom-box').missing).toBe(why);
  });
});

describe('an endpoint of the user’s own', () => {
  it('is made by variables alone', () => {
    const env = {
      SWITCHBOARD_CUSTOM_MY_BOX_BASE_URL: 'http://localhost:9000/v1',
      SWITCHBOARD_CUSTOM_MY_BOX_API_KEY: 'secret',
      SWITCHBOARD_CUSTOM_MY_BOX_WIRE: 'anthropic-messages',
    };
    const { provider, key: found, baseUrl, missing } = setup({ env }, 'custom-my-box');
    expect({ wire: provider.wire, from: found?.from, baseUrl, missing }).toEqual({
      wire: 'anthropic-messages',
      from: 'SWITCHBOARD_CUSTOM_MY_BOX_API_KEY',
      baseUrl: 'http://localhost:9000/v1',
      missing: undefined,
    });
  });

  it('is made by a config alone, and needs no key', () => {
    const user = 'providers: { custom-box: { base_url: "localhost:9000/v1", headers: { x-team: blue } } }';
    expect(setup({ user }, 'custom-box')).toMatchObject({
      baseUrl: 'http://localhost:9000/v1',
      headers: { 'x-team': 'blue' },
      configured: true,
    });
    expect(setup({ user }, 'custom-box').missing).toBeUndefined();
  });

  it('says which variable it lacks where it has no address', () => {
    expect(setup({ env: { SWITCHBOARD_CUSTOM_BOX_API_KEY: 'k' } }, 'custom-box').missing).toContain(
      'set SWITCHBOARD_CUSTOM_BOX_BASE_URL in',
    );
    const user = 'providers: { custom-my-box: {} }';
    expect(setup({ user }, 'custom-my-box').missing).toContain('set SWITCHBOARD_CUSTOM_MY_BOX_BASE_URL in');
  });

  it('refuses a wire that does not exist', () => {
    const env = { SWITCHBOARD_CUSTOM_BOX_BASE_URL: 'localhost:9000', SWITCHBOARD_CUSTOM_BOX_WIRE: 'openai' };
    expect(refusal({ env })).toMatchObject({
      kind: 'config',
      message: expect.stringMatching(/^SWITCHBOARD_CUSTOM_BOX_WIRE is "openai", but a wire is one of .*openai-chat/),
    });
  });
});
