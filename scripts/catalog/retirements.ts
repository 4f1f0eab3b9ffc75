/**
 * When a vendor stops serving which models at its own API. "Not sooner than" is no date, and a host of others' models keeps
 * a calendar of its own: neither is here.
 */
export type Retirement = {
  at: string;
  on: string;
  models: readonly string[];
  source: string;
  reviewed: string;
};

const OPENAI = 'https://developers.openai.com/api/docs/deprecations';
const REVIEWED = '2026-11-21';

export const RETIREMENTS: readonly Retirement[] = [
  {
    at: 'openai',
    on: '2026-07-23',
    models: ['gpt-5-chat-latest'],
    source: OPENAI,
    reviewed: REVIEWED,
  },
  {
    at: 'openai',
    on: '2026-10-23',
    models: ['gpt-4', 'gpt-4-turbo', 'gpt-4.1-nano', 'gpt-4o-2024-05-13', 'o1', 'o1-pro', 'o3-mini', 'o4-mini'],
    source: OPENAI,
    reviewed: REVIEWED,
  },
  {
    at: 'openai',
    on: '2026-12-11',
    models: ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-5-pro', 'o3', 'o3-pro'],
    source: OPENAI,
    reviewed: REVIEWED,
  },
  {
    at: 'openai',
    on: '2027-01-14',
    models: ['gpt-4o', 'gpt-4o-2024-08-06', 'gpt-4o-2024-11-20', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'],
    source: OPENAI,
    reviewed: REVIEWED,
  },
  {
    at: 'openai',
    on: '2027-04-01',
    models: ['gpt-5.1', 'gpt-5.3-codex', 'gpt-5.4-nano'],
    source: OPENAI,
    reviewed: REVIEWED,
  },
  {
    at: 'anthropic',
    on: '2026-11-30',
    models: ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
    source: 'https://platform.claude.com/docs/en/about-claude/model-deprecations',
    reviewed: REVIEWED,
  },
  {
    // From that day on another model answers in their name.
    at: 'google',
    on: '2026-12-01',
    models: ['gemini-2.5-pro', 'gemini-2.5-flash'],
    source: 'https://ai.google.dev/gemini-api/docs/deprecations',
    reviewed: REVIEWED,
  },
  {
    at: 'groq',
    on: '2026-08-16',
    models: ['llama-3.3-70b-versatile', 'llama-3.1-8b-instant'],
    source: 'https://console.groq.com/docs/deprecations',
    reviewed: REVIEWED,
  },
];
