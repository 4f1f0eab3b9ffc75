import type { Tier } from '../../src/core/model.ts';

type Line = { places: Partial<Record<Tier, string>>; why: string; reviewed: string };

const REVIEWED = '2026-11-21';

/**
 * Each line's places, chosen by a person from versions, dates and prices. One model has one place: a line whose everyday
 * model is also its best names it `best` only. No previews, no `-latest`, nothing that retires soon.
 */
export const LINES: Record<string, Line> = {
  anthropic: {
    places: { best: 'claude-opus-5-5', balanced: 'claude-sonnet-5-5', fast: 'claude-haiku-5-5' },
    why: 'Newest of each size. Fable costs twice Opus and is for long agentic work.',
    reviewed: REVIEWED,
  },
  openai: {
    places: { best: 'gpt-6.1-sol', balanced: 'gpt-6.1-terra', fast: 'gpt-6-luna' },
    why: 'Newest of each size. Astra costs five times Sol.',
    reviewed: REVIEWED,
  },
  google: {
    places: { best: 'gemini-4-argon', balanced: 'gemini-3.8-flash', fast: 'gemini-3.5-flash-lite' },
    why: 'Newest of each size that is no preview.',
    reviewed: REVIEWED,
  },
  xai: {
    places: { best: 'grok-4.7', fast: 'grok-4.3' },
    why: '4.7 costs what 4.6 and 4.5 cost; 4.3 costs half and can answer without thinking.',
    reviewed: REVIEWED,
  },
  mistral: {
    places: { best: 'mistral-large-4', fast: 'mistral-small-2603' },
    why: 'Large 4 is newer than Medium 3.5 and costs a third.',
    reviewed: REVIEWED,
  },
  deepseek: {
    places: { best: 'deepseek-v4-pro', fast: 'deepseek-flash' },
    why: 'All that its API serves.',
    reviewed: REVIEWED,
  },
  moonshot: {
    places: { best: 'kimi-k3.1-pro', fast: 'kimi-k2.6' },
    why: 'K3.1 Pro is newer than K3 and costs two thirds; K2.6 is the cheapest that is not for code alone.',
    reviewed: REVIEWED,
  },
  zai: {
    places: { best: 'glm-5.3', fast: 'glm-5.3-flash' },
    why: 'Newest of each size.',
    reviewed: REVIEWED,
  },
  minimax: {
    places: { best: 'MiniMax-M3', fast: 'MiniMax-M3.1-Flash' },
    why: 'Newest of each size.',
    reviewed: REVIEWED,
  },
  openrouter: {
    places: {
      best: 'openai/gpt-6.1-sol',
      balanced: 'anthropic/claude-sonnet-5.5',
      fast: 'google/gemini-3.5-flash-lite',
    },
    why: 'One of each of three makers, so that whoever asks finds a second opinion.',
    reviewed: REVIEWED,
  },
  groq: {
    places: {
      best: 'qwen/qwen3.8-27b',
      balanced: 'openai/gpt-oss-120b',
      fast: 'openai/gpt-oss-20b',
    },
    why: 'By size; the Llamas are retired.',
    reviewed: REVIEWED,
  },
  cerebras: {
    places: { best: 'qwen-3.8-27b', balanced: 'gpt-oss-120b' },
    why: 'All that its API serves, and all of it is fast.',
    reviewed: REVIEWED,
  },
  together: {
    places: {
      best: 'moonshotai/Kimi-K3.1-Pro',
      balanced: 'zai-org/GLM-5.3',
      fast: 'zai-org/GLM-5.3-Flash',
    },
    why: 'Newest open models by price.',
    reviewed: REVIEWED,
  },
  huggingface: {
    places: {
      best: 'moonshotai/Kimi-K3',
      balanced: 'zai-org/GLM-5.3',
      fast: 'zai-org/GLM-5.3-Flash',
    },
    why: 'Newest open models by price.',
    reviewed: REVIEWED,
  },
};
