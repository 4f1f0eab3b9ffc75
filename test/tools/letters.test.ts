import { describe, expect, it } from 'vitest';
import { anthropicVars, startAnthropic } from '../support/anthropic.ts';
import { setClock } from '../support/clock.ts';
import { openDesk, timeless } from '../support/desk.ts';
import { KEY, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, failure } from '../support/reply.ts';

describe('what a host’s model reads', () => {
  it('of an answer that was changed on its way', async () => {
    await using vendor = await startAnthropic();
    vendor.always(
      answer({
        text: ['Use a **queue**.\n\n', '1. It bounds memory.\n2. It keeps order.\n'],
        thinking: ['They want', ' a design.'],
        usage: { input: 1240, cacheRead: 4000, output: 2310, thinking: 1900 },
        model: 'claude-sonnet-5-5',
      }),
    );
    await using desk = await openDesk(anthropicVars(vendor));
    const args = { model: 'claude-sonnet-5-5', prompt: 'A queue or a pool?', temperature: 0.3, reasoning_effort: 'minimal' };
    const { text } = await desk.call('call_model', args);
    expect(timeless(text)).toMatchInlineSnapshot(`
      "Answer from anthropic/claude-sonnet-5-5: Use a **queue**.

      1. It bounds memory.
      2. It keeps order.

      [anthropic/claude-sonnet-5-5 · 1,240 (+ 4,000 cached) tokens in, 2,310 (1,900 thinking) out · $0.026 · 1.2 s · reasoning_effort minimal became low: claude-sonnet-5-5 takes low, medium, high, xhigh, max · temperature 0.3 was left out: claude-sonnet-5-5 takes no temperature]"
    `);
  });

  it('of an answer when no model was named, and the output was cut off', async () => {
    // Later, it would be told that the catalogue is old.
    using _ = setClock('2026-11-21');
    await using vendor = await startOpenAI();
    vendor.always(answer({ stop: 'length', model: 'gpt-6.1-sol', usage: null }));
    await using desk = await openDesk(openAIVars(vendor), '', { name: 'claude-code' });
    const { text } = await desk.call('call_model', { prompt: 'Hi', max_tokens: 16 });
    expect(timeless(text)).toMatchInlineSnapshot(`
      "Answer from openai/gpt-6.1-sol: Hello

      [openai/gpt-6.1-sol · tokens not reported · about $0.000024 (estimated) · 1.2 s · cut off at the output limit · no model was named; the best choice at openai]"
    `);
  });

  it('of a comparison in which one fails', async () => {
    await using anthropic = await startAnthropic();
    await using openai = await startOpenAI();
    anthropic.always(answer({ text: ['Yes, because it is monotonic.'], model: 'claude-opus-5-5' }));
    openai.always(failure({ status: 429, message: 'Rate limit reached for gpt-6.1-sol.' }, { 'retry-after': '30' }));
    await using desk = await openDesk({ ...anthropicVars(anthropic), ...openAIVars(openai) });
    const models = ['claude-opus-5-5', 'gpt-6.1-sol', 'openai/gpt-6.1-sol'];
    const { text } = await desk.call('compare_models', { models, prompt: 'Is it sorted?' });
    expect(timeless(text)).toMatchInlineSnapshot(`
      "2 models were asked, 1 answered, $0.00015 in all. Only headings that end in (mark) are ours. 1 name meant a model that is asked already.

      ## 1. anthropic/claude-opus-5-5 (mark)

      Yes, because it is monotonic.

      [anthropic/claude-opus-5-5 · 12 tokens in, 5 out · $0.00015 · 1.2 s]

      ## 2. openai/gpt-6.1-sol: no answer (mark)

      openai/gpt-6.1-sol gave no answer: OpenAI limits how often it may be called (429). The provider's own words: “Rate limit reached for gpt-6.1-sol.” It asks to be left alone for 30 s. Wait, or name another model."
    `);
  });

  it('of a task that was routed', async () => {
    // Later, it would be told that the catalogue is old.
    using _ = setClock('2026-11-21');
    await using anthropic = await startAnthropic();
    await using openai = await startOpenAI();
    openai.always(answer({ text: ['The loop ends one early.'], model: 'gpt-6.1-sol' }));
    await using desk = await openDesk({ ...anthropicVars(anthropic), ...openAIVars(openai) });
    const { text } = await desk.call('route_by_task', { task: 'code review', prompt: 'Find the defect.' });
    expect(timeless(text)).toMatchInlineSnapshot(`
      "Answer from openai/gpt-6.1-sol: The loop ends one early.

      [openai/gpt-6.1-sol · 12 tokens in, 5 out · $0.000074 · 1.2 s · chosen for finding defects in code with priority quality: the strongest model of its line, and openai is preferred for finding defects in code; 6 candidates]"
    `);
  });

  it('of a list of models', async () => {
    // Later, fewer of them can be called.
    using _ = setClock('2026-11-21');
    await using desk = await openDesk({ ANTHROPIC_API_KEY: KEY }, 'providers: { custom-box: { base_url: "localhost:9" } }');
    const [short, whole] = [
      await desk.call('list_models', { query: 'sonnet', provider: 'claude', limit: 2 }),
      await desk.call('list_models', { limit: 2 }),
    ];
    // The catalogue and the list of providers grow; how they are told does not.
    const today = (text: string) =>
      text
        .replaceAll(/catalogue of [\d-]+/g, 'catalogue of 2026-11-10')
        .replaceAll(/\b\d[\d,]*(?= more:| models of|( \(catalogue))/g, '99')
        .replaceAll(/(environment: (?:[^()]+\([^()]+\), ){2}).*\./g, '$1….')
        .replaceAll(/(?<=passed on as it is to ).*(?= and custom-box)/g, '…');
    expect(today(short.text)).toMatchInlineSnapshot(`
      "18 known models can be called now. Here: models 1 to 2 of 99 (catalogue of 2026-11-10; prices in $ per million tokens, in/out).
      - anthropic/claude-sonnet-5-5 · 1M context · image, pdf · effort low to max · $2/$10 · ready
      - anthropic/claude-sonnet-4-5 · 200k context · image, pdf · effort none to max · $3/$15 · ready
      99 more: offset 2."
    `);
    expect(today(whole.text)).toMatchInlineSnapshot(`
      "18 known models can be called now. Here: models 1 to 2 of 99 (catalogue of 2026-11-10; prices in $ per million tokens, in/out).
      - anthropic/claude-opus-5-5 · 1M context · image, pdf · effort low to max · $4/$20 · ready
      - anthropic/claude-sonnet-5-5 · 1M context · image, pdf · effort low to max · $2/$10 · ready
      99 more: offset 2.
      Any model id is passed on as it is to custom-box/<model>.
      Not set up: openai, google, xai, mistral, deepseek, moonshot, zai, qwen, minimax, cohere, openrouter, vercel, perplexity, azure, bedrock, vertex, cloudflare, huggingface, litellm, groq, cerebras, together, fireworks, nvidia, sambanova, deepinfra and nebius; a list of one of them says what it needs."
    `);
  });
});
