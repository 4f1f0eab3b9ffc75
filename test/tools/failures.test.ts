import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { setClock } from '../support/clock.ts';
import { silence } from '../support/delivery.ts';
import { openDesk, timeless } from '../support/desk.ts';
import { origin } from '../support/loopback.ts';
import { KEY, openAIVars, startOpenAI } from '../support/openai.ts';
import { answer, complaint, type Content, failure, redirect } from '../support/reply.ts';

const ASKED = { model: 'openai/gpt-6.1-sol', prompt: 'Hi' };

/** What a call tells when its vendor answers so. */
async function after(content: Content): Promise<string> {
  await using vendor = await startOpenAI();
  vendor.always(content);
  await using desk = await openDesk(openAIVars(vendor));
  const { text, failed } = await desk.call('call_model', ASKED);
  expect(failed).toBe(true);
  expect(text).not.toContain(KEY);
  return timeless(text);
}

/** What a call tells when it does not come as far as a vendor. */
async function without(args: Record<string, unknown>, env = {}, tool = 'call_model', config = ''): Promise<string> {
  // Later, it would be told that the catalogue is old.
  using _ = setClock('2026-11-21');
  await using desk = await openDesk(env, config);
  const { text, failed } = await desk.call(tool, args);
  expect(failed).toBe(true);
  return text;
}

describe('what a host’s model reads when a vendor', () => {
  it('refuses the key', async () => {
    expect(await after(failure({ status: 401, message: `Incorrect API key provided: ${KEY}` }))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI refused the key in OPENAI_API_KEY (401): check it at the provider’s console, and that it is one for 127.0.0.1:9999. The provider's own words: “Incorrect API key provided: [redacted]”."`,
    );
  });

  it('says that there is no credit', async () => {
    expect(await after(complaint('noCredit'))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI says that the account has no credit or quota left (429). The provider's own words: “You exceeded your current quota, please check your plan and billing details.” Add credit or raise the plan at the provider, or name another model."`,
    );
  });

  it('says that the prompt is too long', async () => {
    expect(await after(complaint('tooLong'))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: The prompt is longer than this model at OpenAI takes (400). The provider's own words: “Your input exceeds the context window of this model. Please adjust your input and try again.” Shorten the prompt or name a model with a larger context."`,
    );
  });

  it('limits how often it is called', async () => {
    const limit = failure({ status: 429, message: 'Rate limit reached.' }, { 'retry-after': '20' });
    expect(await after(limit)).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI limits how often it may be called (429). The provider's own words: “Rate limit reached.” It asks to be left alone for 20 s. Wait, or name another model."`,
    );
  });

  it('is overloaded', async () => {
    expect(await after(failure({ status: 503 }))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI is overloaded (503). The provider's own words: “The server answered 503.” Try again in a moment, or name another model."`,
    );
  });

  it('does not know the model', async () => {
    const unknown = failure({ status: 404, code: 'model_not_found', message: 'The model `gpt-6.1-sol` does not exist.' });
    expect(await after(unknown)).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI does not know this model or address (404). The provider's own words: “The model \`gpt-6.1-sol\` does not exist.” The nearest known here: openai/gpt-6-sol or openai/gpt-5.6-sol; list_models shows more."`,
    );
  });

  it('objects to a parameter', async () => {
    const message = "Unsupported parameter: 'temperature' is not supported with this model.";
    expect(
      await after(failure({ status: 400, code: 'unsupported_parameter', param: 'temperature', message })),
    ).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI does not take temperature for this model (400). The provider's own words: “Unsupported parameter: 'temperature' is not supported with this model.” Leave the parameter out or name another model."`,
    );
  });

  it('breaks', async () => {
    expect(await after(failure({ status: 500, message: 'The server had an error.' }))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI failed to answer (500). The provider's own words: “The server had an error.” Try again, or name another model."`,
    );
  });

  it('answers nothing at all', async () => {
    expect(await after(answer({ text: [] }))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI answered with no text. It cost $0.000074. Ask again, or name another model."`,
    );
  });

  it('leads elsewhere', async () => {
    expect(await after(redirect(302, 'https://evil.example/'))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI sent a redirect (302), which is not followed because it would carry the key elsewhere: set the base URL to the final address."`,
    );
  });

  it('is silent for longer than the caller waits', async () => {
    await using vendor = await startOpenAI();
    vendor.always(answer(), { deliver: silence });
    await using desk = await openDesk(openAIVars(vendor));
    const { text } = await desk.call('call_model', { ...ASKED, timeout_s: 1 });
    // By the time of the machine that the test runs on.
    expect(text.replaceAll(/\$[\d.]+\d/g, '$?').replace(/[\d.]+ m?s of silence/, '? of silence')).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: There was no answer within 1 s. It cost about $? (estimated by its time). Cost of ? of silence became $?: the model may have thought meanwhile (100 tokens a second assumed). Allow more time with timeout_s, or name a faster model."`,
    );
  });

  it('is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = origin(server);
    server.close();
    await once(server, 'close');
    expect(timeless(await without(ASKED, openAIVars({ url })))).toMatchInlineSnapshot(
      `"openai/gpt-6.1-sol gave no answer: OpenAI could not be reached at http://127.0.0.1:9999: nothing answers there (connection refused). Check the address and the connection."`,
    );
  });
});

describe('what a host’s model reads when', () => {
  it('no provider is set up', async () => {
    expect(await without({ prompt: 'Hi' })).toMatchInlineSnapshot(
      `"No provider is set up, so no model can be called: set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or another provider’s key in the server's environment."`,
    );
  });

  it('there is nothing to compare', async () => {
    expect(await without({ prompt: 'Hi' }, {}, 'compare_models')).toMatchInlineSnapshot(
      `"No provider is set up, so no model can be called: set ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY or another provider’s key in the server's environment."`,
    );
  });

  it('the provider that it names is not set up', async () => {
    expect(await without({ prompt: 'Hi', model: 'groq/llama-3.3-70b-versatile' })).toMatchInlineSnapshot(
      `"Groq is not set up: set GROQ_API_KEY in the server's environment."`,
    );
  });

  it('the host left a placeholder in the variable', async () => {
    expect(await without(ASKED, { OPENAI_API_KEY: '${OPENAI_API_KEY}' })).toMatchInlineSnapshot(
      `"OpenAI is not set up: set OPENAI_API_KEY in the server's environment; OPENAI_API_KEY holds a placeholder that your host did not expand."`,
    );
  });

  it('the key has characters that no key has', async () => {
    const text = await without(ASKED, { OPENAI_API_KEY: 'sk-“quoted' });
    expect(text).toContain('OPENAI_API_KEY');
    expect(text).not.toContain('could not be reached');
    expect(text).toMatchInlineSnapshot(
      `"OPENAI_API_KEY holds characters that no key has (quotes, spaces or line breaks): copy the key again."`,
    );
  });

  it('nobody knows the model', async () => {
    expect(await without({ prompt: 'Hi', model: 'gpt5-sol' }, { OPENAI_API_KEY: KEY })).toMatchInlineSnapshot(
      `"No model "gpt5-sol" is known. Nearest: openai/gpt-6-sol, openai/gpt-5.6-sol, openai/gpt-6.1-sol. list_models shows what can be called now."`,
    );
  });

  it('nobody knows the default model', async () => {
    const file = await without({ prompt: 'Hi' }, { OPENAI_API_KEY: KEY }, 'call_model', 'default_model: gpt5-sol');
    expect(file).toMatchInlineSnapshot(
      `"The default model, set in config.yaml line 2, means nothing: No model "gpt5-sol" is known. Nearest: openai/gpt-6-sol, openai/gpt-5.6-sol, openai/gpt-6.1-sol. Correct it there."`,
    );
    const env = { OPENAI_API_KEY: KEY, SWITCHBOARD_DEFAULT_MODEL: 'groq/' };
    expect(await without({ prompt: 'Hi' }, env, 'call_model', 'default_model: openai')).toMatchInlineSnapshot(
      `"The default model, set in SWITCHBOARD_DEFAULT_MODEL, means nothing: "groq/" names no model: write groq/<model>. Correct it there."`,
    );
  });

  it('nobody declared the endpoint', async () => {
    expect(await without({ prompt: 'Hi', model: 'custom-my-box/m1' })).toMatchInlineSnapshot(
      `"There is no endpoint "custom-my-box": set SWITCHBOARD_CUSTOM_MY_BOX_BASE_URL to its address, or providers.custom-my-box.base_url in your config."`,
    );
    const env = { SWITCHBOARD_CUSTOM_MY_BOX_BASE_URL: 'http://127.0.0.1:1' };
    expect(await without({ prompt: 'Hi', model: 'custom-mybox/m1' }, env)).toContain('(did you mean "custom-my-box"?)');
  });

  it('nobody knows the task', async () => {
    expect(await without({ prompt: 'Hi', task: 'code reveiw' }, { OPENAI_API_KEY: KEY }, 'route_by_task')).toMatchInlineSnapshot(
      `"There is no task "code reveiw" (did you mean "code_review"?); the tasks are code, code_review, debugging, reasoning, math, writing, summarize, extract, translate, simple, vision, long_context and real_time."`,
    );
  });

  it('nobody knows the argument', async () => {
    expect(await without({ prompt: 'Hi', max_token: 9 })).toMatchInlineSnapshot(
      `"call_model: there is no argument "max_token" (did you mean "max_tokens"?); it takes model, prompt, files, git_diff, images, system, reasoning_effort, max_tokens, temperature, timeout_s, json_schema, web_search, dry_run and thread_id."`,
    );
  });

  it('none of the models that a config names for a task can be called', async () => {
    const config = 'tasks: { code: { models: [groq/llama-3.3-70b-versatile, gpt5-sol] } }';
    expect(await without({ prompt: 'Hi', task: 'code' }, {}, 'route_by_task', config)).toMatchInlineSnapshot(
      `"config.yaml line 2: this rule never takes effect (tasks.code.models.1): No model "gpt5-sol" is known. Nearest: openai/gpt-6-sol, openai/gpt-5.6-sol, openai/gpt-6.1-sol; correct or remove it."`,
    );
  });

  it('the provider is switched off', async () => {
    const config = 'providers: { openai: { enabled: false } }';
    expect(await without(ASKED, { OPENAI_API_KEY: KEY }, 'call_model', config)).toMatchInlineSnapshot(
      `"OpenAI is switched off in the config (providers.openai.enabled)."`,
    );
  });
});
