import type { ReplayRow } from '../replay-row.ts';
import { AMAZON_ANSWERS } from './amazon.ts';
import { ANTHROPIC_ANSWERS } from './anthropic.ts';
import { AZURE_ANSWERS } from './azure.ts';
import { CEREBRAS_ANSWERS } from './cerebras.ts';
import { CLOUDFLARE_ANSWERS } from './cloudflare.ts';
import { COHERE_ANSWERS } from './cohere.ts';
import { DEEPINFRA_ANSWERS } from './deepinfra.ts';
import { DEEPSEEK_ANSWERS } from './deepseek.ts';
import { FIREWORKS_ANSWERS } from './fireworks.ts';
import { GATEWAY_ANSWERS } from './gateways.ts';
import { GOOGLE_ANSWERS } from './google.ts';
import { GROQ_ANSWERS } from './groq.ts';
import { HUGGINGFACE_ANSWERS } from './huggingface.ts';
import { LITELLM_ANSWERS } from './litellm.ts';
import { LLAMACPP_ANSWERS } from './llamacpp.ts';
import { LMSTUDIO_ANSWERS } from './lmstudio.ts';
import { MINIMAX_ANSWERS } from './minimax.ts';
import { MISTRAL_ANSWERS } from './mistral.ts';
import { MOONSHOT_ANSWERS } from './moonshot.ts';
import { NEBIUS_ANSWERS } from './nebius.ts';
import { NVIDIA_ANSWERS } from './nvidia.ts';
import { OLLAMA_ANSWERS } from './ollama.ts';
import { OPENAI_ANSWERS } from './openai.ts';
import { OPENROUTER_ANSWERS } from './openrouter.ts';
import { PERPLEXITY_ANSWERS } from './perplexity.ts';
import { QWEN_ANSWERS } from './qwen.ts';
import { SAMBANOVA_ANSWERS } from './sambanova.ts';
import { TOGETHER_ANSWERS } from './together.ts';
import { VERCEL_ANSWERS } from './vercel.ts';
import { VERTEX_ANSWERS } from './vertex.ts';
import { VLLM_ANSWERS } from './vllm.ts';
import { XAI_ANSWERS } from './xai.ts';
import { ZAI_ANSWERS } from './zai.ts';

/** Answers of vendors, and what the caller is to see of each. */
export const ANSWERS: readonly ReplayRow[] = [
  ...AMAZON_ANSWERS,
  ...ANTHROPIC_ANSWERS,
  ...AZURE_ANSWERS,
  ...CEREBRAS_ANSWERS,
  ...CLOUDFLARE_ANSWERS,
  ...COHERE_ANSWERS,
  ...DEEPINFRA_ANSWERS,
  ...DEEPSEEK_ANSWERS,
  ...FIREWORKS_ANSWERS,
  ...GATEWAY_ANSWERS,
  ...GOOGLE_ANSWERS,
  ...GROQ_ANSWERS,
  ...HUGGINGFACE_ANSWERS,
  ...LITELLM_ANSWERS,
  ...LLAMACPP_ANSWERS,
  ...LMSTUDIO_ANSWERS,
  ...MINIMAX_ANSWERS,
  ...MISTRAL_ANSWERS,
  ...MOONSHOT_ANSWERS,
  ...NEBIUS_ANSWERS,
  ...NVIDIA_ANSWERS,
  ...OLLAMA_ANSWERS,
  ...OPENAI_ANSWERS,
  ...OPENROUTER_ANSWERS,
  ...PERPLEXITY_ANSWERS,
  ...QWEN_ANSWERS,
  ...SAMBANOVA_ANSWERS,
  ...TOGETHER_ANSWERS,
  ...VERCEL_ANSWERS,
  ...VERTEX_ANSWERS,
  ...VLLM_ANSWERS,
  ...XAI_ANSWERS,
  ...ZAI_ANSWERS,
];
