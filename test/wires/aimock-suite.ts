import type { LLMock } from '@copilotkit/aimock';
import { expect, it } from 'vitest';
import type { Answer, Ask } from '../../src/core/chat.ts';
import { userText } from '../../src/core/chat.ts';
import type { FailureKind } from '../../src/core/errors.ts';

/** What holds of every vendor that aimock has rebuilt. `call` asks it to say hello, unless the ask says something else. */
export function understandsAimock(mock: LLMock, call: (ask?: Partial<Ask>) => Promise<Answer>): void {
  it('answers', async () => {
    mock.onMessage('Say hello.', { content: 'Hello there, Grüße & 🌸!' });
    expect(await call()).toMatchObject({ text: 'Hello there, Grüße & 🌸!', stop: 'end' });
  });

  it('counts tokens', async () => {
    const usage = {
      prompt_tokens: 31,
      completion_tokens: 7,
      total_tokens: 38,
      input_tokens: 31,
      output_tokens: 7,
      promptTokenCount: 31,
      candidatesTokenCount: 7,
      totalTokenCount: 38,
    };
    mock.onMessage('Say hello.', { content: 'Hello.', usage });
    expect((await call()).usage).toMatchObject({ input: 31, output: 7 });
  });

  it('keeps thinking apart', async () => {
    mock.onMessage('Say hello.', { content: 'Hello.', reasoning: 'They want a greeting.' });
    expect(await call()).toMatchObject({ text: 'Hello.', thinking: 'They want a greeting.' });
  });

  it('says when the answer was cut short', async () => {
    mock.onMessage('Say hello.', { content: 'Hel', finishReason: 'length' });
    expect(await call()).toMatchObject({ text: 'Hel', stop: 'length' });
  });

  it('is heard with its system prompt and all of its turns', async () => {
    const messages = [
      userText('One?'),
      { role: 'assistant' as const, content: [{ type: 'text' as const, text: 'One.' }] },
      userText('Two?'),
    ];
    mock.on({ userMessage: 'Two?', systemMessage: 'You count.', turnIndex: 1 }, { content: 'Two.' });
    expect((await call({ system: 'You count.', messages })).text).toBe('Two.');
  });

  it.each<[number, FailureKind]>([
    [400, 'bad_request'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [429, 'rate_limited'],
    [500, 'upstream'],
    [503, 'overloaded'],
  ])('takes the status %i for %s', async (status, kind) => {
    mock.onMessage('Say hello.', { error: { message: 'Not today.' }, status });
    await expect(call()).rejects.toMatchObject({ kind, facts: { status } });
  });

  it('gives no half answer when the stream is cut', async () => {
    mock.onMessage('Say hello.', { content: 'A long hello, in many chunks, of which few arrive.' }, { truncateAfterChunks: 3 });
    await expect(call()).rejects.toMatchObject({ kind: expect.stringMatching(/^(?:network|upstream)$/) });
  });
}
