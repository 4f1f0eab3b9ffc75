import type { ModelFacts } from '../../src/core/model.ts';

/** Lists as vendors document them, cut to a model or two and one thing that does not answer. */
export const LISTS: Record<string, { body: unknown; models: ModelFacts[] }> = {
  OpenAI: {
    body: {
      object: 'list',
      data: [
        { id: 'gpt-5.2', object: 'model', created: 1_686_935_002, owned_by: 'openai' },
        { id: 'text-embedding-3-large', object: 'model', created: 1_686_935_002, owned_by: 'openai' },
        { id: 'gpt-4o-mini-tts', object: 'model', created: 1_686_935_002, owned_by: 'openai-internal' },
        { id: 'whisper-1', object: 'model', created: 1_677_532_384, owned_by: 'openai-internal' },
        { id: 'omni-moderation-latest', object: 'model', created: 1_686_935_002, owned_by: 'system' },
        { id: 'gpt-realtime', object: 'model', created: 1_686_935_002, owned_by: 'system' },
      ],
    },
    models: [{ id: 'gpt-5.2' }],
  },
  Anthropic: {
    body: {
      data: [
        {
          type: 'model',
          id: 'claude-opus-4-6',
          display_name: 'Claude Opus 4.6',
          created_at: '2026-02-04T00:00:00Z',
          max_input_tokens: 1_000_000,
          max_tokens: 128_000,
        },
      ],
      has_more: false,
      first_id: 'claude-opus-4-6',
      last_id: 'claude-opus-4-6',
    },
    models: [{ id: 'claude-opus-4-6', name: 'Claude Opus 4.6', context: 1_000_000, maxOutput: 128_000 }],
  },
  Google: {
    body: {
      models: [
        {
          name: 'models/gemini-2.5-pro',
          baseModelId: 'gemini-2.5-pro',
          version: '2.5',
          displayName: 'Gemini 2.5 Pro',
          inputTokenLimit: 1_048_576,
          outputTokenLimit: 65_536,
          supportedGenerationMethods: ['generateContent', 'countTokens'],
          thinking: true,
          temperature: 1,
        },
        { name: 'models/gemini-embedding-001', inputTokenLimit: 2048, supportedGenerationMethods: ['embedContent'] },
        { name: 'models/imagen-4.0-generate-001', supportedGenerationMethods: ['predict'] },
      ],
      nextPageToken: 'abc',
    },
    models: [{ id: 'gemini-2.5-pro', name: 'Gemini 2.5 Pro', context: 1_048_576, maxOutput: 65_536 }],
  },
  OpenRouter: {
    body: {
      data: [
        {
          id: 'openai/gpt-4o',
          canonical_slug: 'openai/gpt-4o-2024-05-13',
          name: 'OpenAI: GPT-4o',
          created: 1_692_901_234,
          context_length: 128_000,
          architecture: {
            modality: 'text+image->text',
            input_modalities: ['text', 'image', 'file'],
            output_modalities: ['text'],
            tokenizer: 'GPT',
            instruct_type: null,
          },
          pricing: { prompt: '0.0000025', completion: '0.00001', request: '0', image: '0.003613', web_search: '0' },
          top_provider: { context_length: 128_000, max_completion_tokens: 16_384, is_moderated: true },
          per_request_limits: null,
          supported_parameters: ['temperature', 'tools'],
          expiration_date: null,
        },
        {
          id: 'openrouter/auto',
          name: 'Auto Router',
          context_length: 2_000_000,
          architecture: { input_modalities: ['text'] },
          pricing: { prompt: '-1', completion: '-1' },
          top_provider: { context_length: null, max_completion_tokens: null, is_moderated: false },
        },
        {
          id: 'maker/small:free',
          name: 'Small (free)',
          context_length: 32_768,
          pricing: { prompt: '0', completion: '0' },
          top_provider: { max_completion_tokens: null },
        },
      ],
    },
    models: [
      {
        id: 'openai/gpt-4o',
        name: 'OpenAI: GPT-4o',
        context: 128_000,
        maxOutput: 16_384,
        input: ['image', 'pdf'],
        rates: { input: 2.5, output: 10 },
      },
      { id: 'openrouter/auto', name: 'Auto Router', context: 2_000_000, input: [] },
      { id: 'maker/small:free', name: 'Small (free)', context: 32_768, rates: { input: 0, output: 0 } },
    ],
  },
  'Together, in a bare array': {
    body: [
      {
        id: 'maker/big-instruct',
        object: 'model',
        created: 1_692_896_905,
        type: 'chat',
        display_name: 'Big Instruct',
        organization: 'Maker',
        license: 'other',
        context_length: 131_072,
        pricing: { hourly: 0, input: 0.3, output: 0.3, base: 0, finetune: 0 },
      },
      { id: 'maker/painter', object: 'model', type: 'image', context_length: null },
      { id: 'maker/sorter', object: 'model', type: 'rerank', context_length: 8192 },
    ],
    models: [{ id: 'maker/big-instruct', name: 'Big Instruct', context: 131_072 }],
  },
  Cohere: {
    body: {
      models: [
        {
          name: 'command-a-03-2025',
          is_deprecated: false,
          endpoints: ['chat'],
          finetuned: false,
          context_length: 288_000,
          tokenizer_url: 'https://storage.example/command-a.json',
          default_endpoints: [],
          features: ['tools'],
        },
        { name: 'embed-v4.0', endpoints: ['embed'], context_length: 128_000, features: null },
        { name: 'c4ai-classifier', endpoints: ['classify'], context_length: 4096, features: null },
      ],
      next_page_token: '',
    },
    models: [{ id: 'command-a-03-2025', context: 288_000 }],
  },
  Ollama: {
    body: {
      object: 'list',
      data: [
        { id: 'llama3.3:latest', object: 'model', created: 1_730_000_000, owned_by: 'library' },
        { id: 'nomic-embed-text:latest', object: 'model', created: 1_730_000_000, owned_by: 'library' },
      ],
    },
    models: [{ id: 'llama3.3:latest' }],
  },
  'Ollama without a model': { body: { object: 'list', data: null }, models: [] },
  Vercel: {
    body: {
      object: 'list',
      data: [
        {
          id: 'anthropic/claude-sonnet-4.5',
          object: 'model',
          created: 1_755_815_280,
          owned_by: 'anthropic',
          name: 'Claude Sonnet 4.5',
          description: 'A model.',
          context_window: 200_000,
          max_tokens: 64_000,
          type: 'language',
          tags: ['tool-use', 'vision'],
          pricing: { input: '0.000003', output: '0.000015', input_cache_read: '0.0000003' },
        },
        {
          id: 'openai/text-embedding-3-small',
          type: 'embedding',
          context_window: 0,
          max_tokens: 0,
          pricing: { input: '0.00000002' },
        },
      ],
    },
    models: [
      {
        id: 'anthropic/claude-sonnet-4.5',
        name: 'Claude Sonnet 4.5',
        context: 200_000,
        maxOutput: 64_000,
        rates: { input: 3, output: 15 },
      },
    ],
  },
  'LM Studio': {
    body: {
      object: 'list',
      data: [
        { id: 'qwen2.5-7b-instruct', object: 'model', type: 'llm', max_context_length: 32_768, state: 'loaded' },
        { id: 'a-vision-model', object: 'model', type: 'vlm', max_context_length: 8192, state: 'not-loaded' },
        { id: 'text-embedder', object: 'model', type: 'embeddings', max_context_length: 2048 },
      ],
    },
    models: [
      { id: 'qwen2.5-7b-instruct', context: 32_768 },
      { id: 'a-vision-model', context: 8192 },
    ],
  },
  vLLM: {
    body: {
      object: 'list',
      data: [
        { id: 'maker/big', object: 'model', created: 1, owned_by: 'vllm', root: 'maker/big', parent: null, max_model_len: 8192 },
      ],
    },
    models: [{ id: 'maker/big', context: 8192 }],
  },
};
