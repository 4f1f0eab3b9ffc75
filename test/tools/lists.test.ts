import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { setClock } from '../support/clock.ts';
import { openDesk, timeless } from '../support/desk.ts';
import { origin } from '../support/loopback.ts';
import { KEY } from '../support/openai.ts';

/** What list_models says besides the models. */
async function remarks(args: Record<string, unknown>, env: Record<string, string> = {}, config = ''): Promise<string> {
  await using desk = await openDesk(env, config);
  const { text } = await desk.call('list_models', args);
  return timeless(text.replaceAll(/^- .*\n?/gm, ''));
}

it('an offset past the end is told as that', async () => {
  expect(await remarks({ offset: 90_000 }, { OPENAI_API_KEY: KEY })).toMatch(
    /Here: none, because offset 90,000 is past the last of [\d,]+ models \(/,
  );
  expect(await remarks({ limit: 2, offset: 2 })).toMatch(/Here: models 3 to 4 of [\d,]+ \(/);
});

it('a provider that is not set up is told with what it needs, and no other', async () => {
  const text = await remarks({ provider: 'azure', query: 'gpt', limit: 2 });
  expect(text).toContain('Azure');
  expect(text).toContain('is not set up: set ');
  expect(text).toContain('AZURE_OPENAI_ENDPOINT');
  expect(text).not.toContain('OPENAI_API_KEY or');
  expect(text).not.toContain('GROQ_API_KEY');
});

it('a provider that is switched off is told as that', async () => {
  const off = await remarks({ provider: 'openai' }, { OPENAI_API_KEY: KEY }, 'providers: { openai: { enabled: false } }');
  expect(off).toContain('OpenAI is switched off in the config');
});

it('a server of this machine that does not answer is told with its address', async () => {
  // Later, it would be told that the catalogue is old.
  using _ = setClock('2026-11-21');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = origin(server);
  server.close();
  await once(server, 'close');
  expect(await remarks({ provider: 'ollama' }, { OLLAMA_HOST: url })).toMatch(
    /Here: 0 models .*\nOllama does not answer at http:\/\/127\.0\.0\.1:9999\/v1: start it there, or set OLLAMA_HOST to where it is\.$/,
  );
});

it('an endpoint of one’s own takes any model', async () => {
  const env = { SWITCHBOARD_CUSTOM_BOX_BASE_URL: 'http://127.0.0.1:1/v1' };
  expect(await remarks({ provider: 'custom-box' }, env)).toContain('passed on as it is to custom-box/<model>.');
});
