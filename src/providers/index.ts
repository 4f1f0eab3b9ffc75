import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { cerebras } from './cerebras.ts';
import { deepseek } from './deepseek.ts';
import type { Provider } from './define.ts';
import { google } from './google.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { litellm } from './litellm.ts';
import { mistral } from './mistral.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { together } from './together.ts';
import { xai } from './xai.ts';

/** Every provider, in the order in which they are preferred where nothing else decides. */
export const PROVIDERS: readonly Provider[] = [
  anthropic,
  openai,
  google,
  xai,
  mistral,
  deepseek,
  openrouter,
  azure,
  groq,
  cerebras,
  together,
  huggingface,
  litellm,
  ollama,
];
