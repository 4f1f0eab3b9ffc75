import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { userText } from '../../src/core/chat.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WireId } from '../../src/wires/wire.ts';
import { dialects } from '../support/dialects/index.ts';
import type { Vars } from '../support/home.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';
import type { VendorRequest } from '../support/vendor.ts';

type Chosen = { wire: WireId; env: (url: string) => Vars; config?: object; model: string };

/** The only request of a call in an environment and with a config. */
async function requestOf({ wire, env, config = {}, model }: Chosen): Promise<VendorRequest> {
  await using vendor = await startVendor(dialects[wire]);
  const text = JSON.stringify(config);
  const engine = createEngine(parseConfig({ env: env(vendor.url), files: [{ path: 'config.yaml', text, trusted: true }] }));
  const asked = vendor.next(answer());
  await engine.call({ ask: { messages: [userText('Hi')] }, model });
  await engine.close();
  return asked.request;
}

const openai = (vars: Vars) => (url: string) => ({ OPENAI_API_KEY: 'the-key', OPENAI_BASE_URL: `${url}/v1`, ...vars });

describe('the wire of a provider', () => {
  it.each<[string, Chosen, string]>([
    ['is the row’s', { wire: 'openai-responses', env: openai({}), model: 'openai/sim-1' }, '/v1/responses'],
    [
      'is chosen in the environment',
      { wire: 'openai-chat', env: openai({ OPENAI_WIRE: 'openai-chat' }), model: 'openai/sim-1' },
      '/v1/chat/completions',
    ],
    [
      'is chosen under our own prefix before that',
      {
        wire: 'openai-chat',
        env: openai({ OPENAI_WIRE: 'openai-responses', SWITCHBOARD_OPENAI_WIRE: 'openai-chat' }),
        model: 'openai/sim-1',
      },
      '/v1/chat/completions',
    ],
    [
      'is chosen in the environment before the config',
      {
        wire: 'openai-chat',
        env: openai({ OPENAI_WIRE: 'openai-chat' }),
        config: { providers: { openai: { wire: 'openai-responses' } } },
        model: 'openai/sim-1',
      },
      '/v1/chat/completions',
    ],
  ])('%s', async (_, chosen, path) => {
    expect((await requestOf(chosen)).path).toBe(path);
  });

  it('is none that does not exist, and the variable is named', () => {
    expect(() => parseConfig({ env: { OPENAI_WIRE: 'openai-chats' } })).toThrow(/OPENAI_WIRE.*openai-chats.*openai-chat,/);
  });
});
