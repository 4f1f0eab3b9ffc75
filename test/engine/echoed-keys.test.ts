import { describe, expect, it } from 'vitest';
import { startOpenAI, KEY, openAIVars, MODEL } from '../support/openai.ts';
import { answer } from '../support/reply.ts';
import { openShelf } from './shelf.ts';

const base64 = Buffer.from(`bob:${KEY}`).toString('base64');

/** Pieces of an answer in which a key comes back. */
const ECHOES: readonly [string, readonly string[]][] = [
  ['as it is', [`You sent Bearer ${KEY}.`]],
  ['a character at a time', Array.from(`The key ${KEY} was sent`)],
  ['in base64', [`Authorization: Basic ${base64} came`]],
  ['encoded for a URL', [`?key=${encodeURIComponent(KEY)}&a=b`]],
  ['cut at the end', ['It begins ', KEY.slice(0, 20)]],
];

const ask = { messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }] };

describe('a key that a server echoes', () => {
  it.each(ECHOES)('is replaced in an answer that holds it %s', async (_name, text) => {
    await using vendor = await startOpenAI();
    vendor.always(answer({ text: [...text] }));
    await using shelf = openShelf({ env: openAIVars(vendor) });
    const said = (await shelf.engine.call({ ask, model: MODEL })).text;
    expect(said).toContain('[redacted]');
    for (const piece of [KEY, KEY.slice(0, 20), base64.slice(8, 40)]) expect(said).not.toContain(piece);
  });

  it.each(['ollama', 'sk-1234', 'sk-no-key-required', 'lm-studio'])(
    'is left in words where it is a placeholder (%s)',
    async (key) => {
      await using vendor = await startOpenAI();
      vendor.always(answer({ text: [`Run it with ${key}, or ${key}-2.`] }));
      await using shelf = openShelf({ env: { ...openAIVars(vendor), OPENAI_API_KEY: key } });
      expect((await shelf.engine.call({ ask, model: MODEL })).text).toBe(`Run it with ${key}, or ${key}-2.`);
    },
  );
});
