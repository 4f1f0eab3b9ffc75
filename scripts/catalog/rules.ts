import type { Effort } from '../../src/core/chat.ts';
import type { ModelFacts } from '../../src/core/model.ts';

/** What the source of the catalogue lacks or has wrong, by hand: dated, sourced, and read in order, the last word counting. */
export type Rule = {
  /** Matches the canonical id (see ids.ts), or is a list of exact ids. */
  model: RegExp | readonly string[];
  /** The providers where it holds. Absent: wherever the model is served. */
  at?: readonly string[];
  set: {
    /** `unless-none`: only at effort `none`, and not at all where `none` is not accepted. */
    temperature?: 'no' | 'unless-none';
    json?: boolean;
    search?: boolean;
    /** Read besides what the source says. */
    input?: NonNullable<ModelFacts['input']>;
    /** Tokens. */
    context?: number;
    /** Efforts that the source passes and the vendor refuses. */
    refuses?: readonly Effort[];
    /** The source guesses at the efforts; nobody knows. */
    efforts?: 'unknown';
  };
  /** Where the vendor documents it. */
  source: string;
  /** The day (YYYY-MM-DD) on which the rule was last gone over. */
  reviewed: string;
};

const REVIEWED = '2026-11-21';
const GPT_REASONING = /^(?:gpt-[5-9]|o[134](?:-|$)|chat-latest$|gpt-daybreak|gpt-(?:astra|sol|terra|luna|mini)-latest$)/;
const GPT_WITH_FILES =
  /^(?:gpt-4o|gpt-4-1|gpt-[5-9]|o1(?:$|-pro)|o3(?:$|-pro)|o4|chat-latest$|gpt-(?:astra|sol|terra|luna|mini)-latest$)/;

const temperature: Rule[] = [
  {
    model: /^claude-(?:opus-4-[789]|opus-[5-9]|sonnet-[5-9]|haiku-5-5|haiku-[6-9]|fable-)/,
    set: { temperature: 'no' },
    source: 'https://platform.claude.com/docs/en/models/opus-5/migration-guide',
    reviewed: REVIEWED,
  },
  {
    model: /^claude-(?:opus|sonnet|haiku|fable)-latest$/,
    set: { temperature: 'no' },
    source: 'https://openrouter.ai/docs/cookbook/evaluate-and-optimize/model-migrations/claude-5-5',
    reviewed: REVIEWED,
  },
  {
    model: GPT_REASONING,
    set: { temperature: 'unless-none' },
    source: 'https://developers.openai.com/api/docs/guides/deployment-checklist',
    reviewed: REVIEWED,
  },
];

const efforts: Rule[] = [
  {
    model:
      /^claude-(?:opus-4-[6-9]|opus-[5-9]|opus-latest|sonnet-4-6|sonnet-[5-9]|sonnet-latest|haiku-[5-9]|haiku-latest|fable-)/,
    set: { refuses: ['minimal'] },
    source: 'https://platform.claude.com/docs/en/build-with-claude/effort',
    reviewed: REVIEWED,
  },
  {
    model: /^(?:gpt-5-(?:[1-9]|codex|pro)|gpt-[6-9]|o[134](?:-|$))/,
    set: { refuses: ['minimal'] },
    source: 'https://developers.openai.com/api/docs/guides/reasoning',
    reviewed: REVIEWED,
  },
  {
    model: /^(?:gpt-5$|gpt-5-(?:mini|nano|pro|codex)|gpt-5-[1-5]-pro$|o[134](?:-|$))/,
    set: { refuses: ['none'] },
    source: 'https://developers.openai.com/api/docs/guides/reasoning',
    reviewed: REVIEWED,
  },
  {
    // It follows what ChatGPT runs, and so do the efforts that it takes.
    model: /^(?:chat-latest|gpt-chat-latest)$/,
    set: { efforts: 'unknown' },
    source: 'https://developers.openai.com/api/docs/models',
    reviewed: REVIEWED,
  },
];

const json: Rule[] = [
  {
    model: /^(?:gpt-4o|gpt-4-1|gpt-[5-9]|o[134](?:-|$)|chat-latest$|gpt-(?:astra|sol|terra|luna|mini)-latest$)/,
    set: { json: true },
    source: 'https://developers.openai.com/api/docs/guides/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model: /^gpt-(?:4|4-turbo|3-5-turbo.*)$/,
    set: { json: false },
    source: 'https://developers.openai.com/api/docs/guides/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model: ['gpt-4o-2024-05-13', 'openai/gpt-4o-2024-05-13'],
    set: { json: false },
    source: 'https://developers.openai.com/api/docs/guides/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model:
      /^claude-(?:opus-4-[1-9]|opus-[5-9]|opus-latest|sonnet-4-[5-9]|sonnet-[5-9]|sonnet-latest|haiku-4-5|haiku-[5-9]|haiku-latest|fable-)/,
    set: { json: true },
    source: 'https://platform.claude.com/docs/en/build-with-claude/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model: /^gemini-/,
    set: { json: true },
    source: 'https://ai.google.dev/gemini-api/docs/structured-output',
    reviewed: REVIEWED,
  },
  {
    model: /^grok-/,
    at: ['xai', 'openrouter'],
    set: { json: true },
    source: 'https://docs.x.ai/docs/guides/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model: /^(?:mistral|ministral|magistral|codestral|devstral|pixtral|open-mistral)-/,
    at: ['mistral'],
    set: { json: true },
    source: 'https://docs.mistral.ai/capabilities/structured_output/custom',
    reviewed: REVIEWED,
  },
  {
    model: /./,
    at: ['deepseek'],
    set: { json: false },
    source: 'https://api-docs.deepseek.com/guides/json_mode',
    reviewed: REVIEWED,
  },
  {
    model: /^gpt-oss-(?:20b|120b)$/,
    at: ['groq', 'cerebras'],
    set: { json: true },
    source:
      'https://console.groq.com/docs/structured-outputs, https://inference-docs.cerebras.ai/capabilities/structured-outputs',
    reviewed: REVIEWED,
  },
  {
    model: /^llama-3/,
    at: ['groq'],
    set: { json: false },
    source: 'https://console.groq.com/docs/structured-outputs',
    reviewed: REVIEWED,
  },
];

const input: Rule[] = [
  {
    model: /^claude-/,
    set: { input: ['pdf'] },
    source: 'https://platform.claude.com/docs/en/build-with-claude/pdf-support',
    reviewed: REVIEWED,
  },
  {
    model: GPT_WITH_FILES,
    at: ['openai', 'azure', 'openrouter', 'vercel'],
    set: { input: ['pdf'] },
    source: 'https://developers.openai.com/api/docs/guides/pdf-files',
    reviewed: REVIEWED,
  },
  {
    model: /^gemini-/,
    at: ['google', 'vertex', 'openrouter'],
    set: { input: ['pdf', 'audio', 'video'] },
    source: 'https://ai.google.dev/gemini-api/docs/models',
    reviewed: REVIEWED,
  },
  {
    model: /./,
    at: ['mistral'],
    set: { input: ['pdf'] },
    source: 'https://docs.mistral.ai/capabilities/document_ai/document_qna',
    reviewed: REVIEWED,
  },
];

const search: Rule[] = [
  {
    model: /^(?:gpt-4$|gpt-4-turbo|gpt-3-5-turbo|gpt-4-1-nano|o1(?:$|-pro)|o3-mini)/,
    at: ['openai', 'azure'],
    set: { search: false },
    source: 'https://developers.openai.com/api/docs/guides/tools-web-search',
    reviewed: REVIEWED,
  },
  {
    model: /^gemma-/,
    at: ['google', 'vertex'],
    set: { search: false },
    source: 'https://ai.google.dev/gemini-api/docs/google-search',
    reviewed: REVIEWED,
  },
  {
    model: /^(?!gpt-oss-(?:20b|120b)$)/,
    at: ['groq'],
    set: { search: false },
    source: 'https://console.groq.com/docs/browser-search',
    reviewed: REVIEWED,
  },
];

const context: Rule[] = [
  {
    // The source stops these at the token where the price doubles, which is a choice of its own client.
    model: /^gpt-(?:5-4|5-5|5-6-(?:luna|sol|terra)|6-(?:astra|luna|sol)|6-1-(?:sol|terra))$/,
    at: ['openai'],
    set: { context: 1_050_000 },
    source: 'https://developers.openai.com/api/docs/models',
    reviewed: REVIEWED,
  },
];

export const RULES: readonly Rule[] = [...temperature, ...efforts, ...json, ...input, ...search, ...context];
