import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { type Ask, type Part, userText } from '../../src/core/chat.ts';
import { failureIn } from '../../src/core/errors.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { failureText } from '../../src/tools/render/failure.ts';
import { dialects } from '../support/dialects/index.ts';
import { answer } from '../support/reply.ts';
import { startVendor } from '../support/vendor.ts';

let engine: Engine | undefined;
afterEach(() => engine?.close());

const engineWith = (env: Record<string, string>, config: object = {}): Engine => {
  engine = createEngine(parseConfig({ env, files: [{ path: 'config.yaml', text: JSON.stringify(config), trusted: true }] }));
  return engine;
};

const about = (part: Part): Ask => ({ messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, part] }] });
const IMAGE = about({ type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' });
const PDF = about({ type: 'pdf', data: 'JVBERi0xLjQK' });
const ADDRESS = about({ type: 'image_url', url: 'https://pictures.example/cat.png' });

/** What the user is told who gets no answer. */
const told = (ask: Ask, model: string): Promise<string> =>
  (engine ?? expect.fail('no engine')).call({ ask, model }).then(
    () => expect.fail('it answered'),
    (error: unknown) => failureText(failureIn(error) ?? expect.fail(String(error))),
  );

const KEYS = { OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'k', GROQ_API_KEY: 'k', DEEPSEEK_API_KEY: 'k' };

describe('a named model that cannot take what is attached', () => {
  it('is not asked, and models are named that can be called now and can take it', async () => {
    engineWith(KEYS);
    expect(await told(IMAGE, 'openai/o3-mini')).toMatch(
      /^openai\/o3-mini was not asked: it reads no images\. These can be called now and read images: anthropic\/[\w.-]+, openai\/[\w.-]+ and \w+\/\S+\.$/,
    );
    expect(await told(PDF, 'groq/openai/gpt-oss-120b')).toMatch(
      /^groq\/openai\/gpt-oss-120b was not asked: it reads no PDFs\. These can be called now and read PDFs: anthropic\/[\w.-]+, openai\/[\w.-]+ and anthropic\/[\w.-]+\.$/,
    );
  });

  it('is not asked for a search that its vendor does not offer, or not for it', async () => {
    engineWith({ ...KEYS, MISTRAL_API_KEY: 'k' });
    const search: Ask = { messages: [userText('What is new?')], webSearch: true };
    for (const model of ['mistral/sim-1', 'deepseek/sim-1', 'openai/o3-mini', 'groq/llama-3.3-70b-versatile']) {
      expect(await told(search, model)).toMatch(
        /^\S+ was not asked: it cannot search the web\. These can be called now and search it: anthropic\/\S+, openai\/\S+ and groq\/openai\/gpt-oss-\d+b\.$/,
      );
    }
  });

  it('is told so when nobody else can take it either', async () => {
    engineWith({ DEEPSEEK_API_KEY: 'k' });
    expect(await told(PDF, 'deepseek/some-model')).toBe(
      'deepseek/some-model was not asked: it reads no PDFs. Leave the parameter out or name another model.',
    );
  });

  it('gives no advice but the remedy for an address that its provider would not fetch', async () => {
    engineWith({ GEMINI_API_KEY: 'k' });
    expect(await told(ADDRESS, 'google/sim-1')).toBe(
      'google/sim-1 was not asked: its provider takes no images by address: pass the image as a file or a data URI.',
    );
  });

  it('is stood in for by a fallback that can, and the answer says so', async () => {
    await using vendor = await startVendor(dialects['anthropic-messages']);
    vendor.always(answer({ model: 'claude-opus-5-5' }));
    const env = { ...KEYS, ANTHROPIC_BASE_URL: vendor.url };
    const answered = await engineWith(env, { fallbacks: { default: ['anthropic/claude-opus-5-5'] } }).call({
      ask: PDF,
      model: 'openai/o3-mini',
    });
    expect(answered.notes).toEqual([
      { param: 'model', asked: 'openai/o3-mini', sent: 'anthropic/claude-opus-5-5', why: 'it reads no PDFs' },
    ]);
  });
});
