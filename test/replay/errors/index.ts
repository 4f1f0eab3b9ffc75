import type { ReplayRow } from '../replay-row.ts';
import { AMAZON_ERRORS } from './amazon.ts';
import { ANTHROPIC_ERRORS } from './anthropic.ts';
import { AZURE_ERRORS } from './azure.ts';
import { CEREBRAS_ERRORS } from './cerebras.ts';
import { CLOUDFLARE_ERRORS } from './cloudflare.ts';
import { COHERE_ERRORS } from './cohere.ts';
import { DEEPINFRA_ERRORS } from './deepinfra.ts';
import { DEEPSEEK_ERRORS } from './deepseek.ts';
import { FIREWORKS_ERRORS } from './fireworks.ts';
import { GATEWAY_ERRORS } from './gateways.ts';
import { GOOGLE_ERRORS } from './google.ts';
import { GROQ_ERRORS } from './groq.ts';
import { HUGGINGFACE_ERRORS } from './huggingface.ts';
import { LITELLM_ERRORS } from './litellm.ts';
import { LLAMACPP_ERRORS } from './llamacpp.ts';
import { LMSTUDIO_ERRORS } from './lmstudio.ts';
import { MINIMAX_ERRORS } from './minimax.ts';
import { MISTRAL_ERRORS } from './mistral.ts';
import { MOONSHOT_ERRORS } from './moonshot.ts';
import { NVIDIA_ERRORS } from './nvidia.ts';
import { OLLAMA_ERRORS } from './ollama.ts';
import { OPENAI_ERRORS } from './openai.ts';
import { OPENROUTER_ERRORS } from './openrouter.ts';
import { PERPLEXITY_ERRORS } from './perplexity.ts';
import { QWEN_ERRORS } from './qwen.ts';
import { SAMBANOVA_ERRORS } from './sambanova.ts';
import { TOGETHER_ERRORS } from './together.ts';
import { VERCEL_ERRORS } from './vercel.ts';
import { VLLM_ERRORS } from './vllm.ts';
import { XAI_ERRORS } from './xai.ts';
import { ZAI_ERRORS } from './zai.ts';

/** Error bodies of vendors, and what is to come of each. */
export const ERRORS: readonly ReplayRow[] = [
  ...AMAZON_ERRORS,
  ...ANTHROPIC_ERRORS,
  ...AZURE_ERRORS,
  ...CEREBRAS_ERRORS,
  ...CLOUDFLARE_ERRORS,
  ...COHERE_ERRORS,
  ...DEEPINFRA_ERRORS,
  ...DEEPSEEK_ERRORS,
  ...FIREWORKS_ERRORS,
  ...GATEWAY_ERRORS,
  ...GOOGLE_ERRORS,
  ...GROQ_ERRORS,
  ...HUGGINGFACE_ERRORS,
  ...LITELLM_ERRORS,
  ...LLAMACPP_ERRORS,
  ...LMSTUDIO_ERRORS,
  ...MINIMAX_ERRORS,
  ...MISTRAL_ERRORS,
  ...MOONSHOT_ERRORS,
  ...NVIDIA_ERRORS,
  ...OLLAMA_ERRORS,
  ...OPENAI_ERRORS,
  ...OPENROUTER_ERRORS,
  ...PERPLEXITY_ERRORS,
  ...QWEN_ERRORS,
  ...SAMBANOVA_ERRORS,
  ...TOGETHER_ERRORS,
  ...VERCEL_ERRORS,
  ...VLLM_ERRORS,
  ...XAI_ERRORS,
  ...ZAI_ERRORS,
];
