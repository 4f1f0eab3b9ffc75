import { anthropic } from './anthropic.ts';
import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import { cerebras } from './cerebras.ts';
import { cloudflare } from './cloudflare.ts';
import { cohere } from './cohere.ts';
import { deepinfra } from './deepinfra.ts';
import { deepseek } from './deepseek.ts';
import type { Provider } from './define.ts';
import { fireworks } from './fireworks.ts';
import { google } from './google.ts';
import { groq } from './groq.ts';
import { huggingface } from './huggingface.ts';
import { litellm } from './litellm.ts';
import { llamacpp } from './llamacpp.ts';
import { lmstudio } from './lmstudio.ts';
import { localai } from './localai.ts';
import { minimax } from './minimax.ts';
import { mistral } from './mistral.ts';
import { moonshot } from './moonshot.ts';
import { nebius } from './nebius.ts';
import { nvidia } from './nvidia.ts';
import { ollama } from './ollama.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { perplexity } from './perplexity.ts';
import { qwen } from './qwen.ts';
import { sambanova } from './sambanova.ts';
import { textgen } from './textgen.ts';
import { together } from './together.ts';
import { vercel } from './vercel.ts';
import { vertex } from './vertex.ts';
import { vllm } from './vllm.ts';
import { xai } from './xai.ts';
import { zai } from './zai.ts';

/** Every provider, in the order in which they are preferred where nothing else decides. */
export const PROVIDERS: readonly Provider[] = [
  // Makers of models.
  anthropic,
  openai,
  google,
  xai,
  mistral,
  deepseek,
  moonshot,
  zai,
  qwen,
  minimax,
  cohere,
  // Those who pass on the models of many makers.
  openrouter,
  vercel,
  perplexity,
  azure,
  bedrock,
  vertex,
  cloudflare,
  huggingface,
  litellm,
  // Hosts of open models.
  groq,
  cerebras,
  together,
  fireworks,
  nvidia,
  sambanova,
  deepinfra,
  nebius,
  // On the user’s own machine.
  ollama,
  lmstudio,
  vllm,
  llamacpp,
  localai,
  textgen,
];
