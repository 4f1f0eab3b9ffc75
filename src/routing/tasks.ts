import { TIERS, type Tier } from '../core/model.ts';

/** What a caller weighs most. */
export const PRIORITIES = ['quality', 'balanced', 'cheap', 'fast'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** How a kind of work is routed. The user's config replaces or adds rows. */
export type Task = {
  about: string;
  priority: Priority;
  /** What a model has to have to be considered at all. */
  needs?: 'image' | 'long_context';
  /** The web is searched for it, unless the caller says no. */
  search?: true;
  /** Makers to try first where models are otherwise alike, by provider id. */
  prefer?: readonly string[];
  /** Exactly these, in this order; set by a config. */
  models?: readonly string[];
};

/**
 * The default table. Grouping by task alone is most of what learned routers gain (LLMRouterBench); the preferences are
 * makers, never models, so that the catalogue's tiers decide which model is current.
 */
export const DEFAULT_TASKS: Readonly<Record<string, Task>> = {
  code: { about: 'writing or changing code', priority: 'quality', prefer: ['anthropic', 'openai'] },
  code_review: { about: 'finding defects in code', priority: 'quality', prefer: ['openai', 'anthropic', 'google'] },
  debugging: { about: 'finding the cause of a failure', priority: 'quality', prefer: ['openai', 'anthropic'] },
  reasoning: { about: 'problems of many steps', priority: 'quality', prefer: ['openai', 'google'] },
  math: { about: 'calculation and proof', priority: 'quality', prefer: ['openai', 'google'] },
  writing: { about: 'prose for people', priority: 'balanced', prefer: ['anthropic'] },
  summarize: { about: 'shortening a text', priority: 'cheap', prefer: ['google', 'anthropic'] },
  extract: { about: 'pulling facts or fields out of a text', priority: 'cheap', prefer: ['google', 'openai'] },
  translate: { about: 'from one language into another', priority: 'balanced', prefer: ['google', 'mistral'] },
  simple: { about: 'short questions and small chores', priority: 'cheap' },
  vision: { about: 'questions about images', priority: 'balanced', needs: 'image', prefer: ['google', 'openai'] },
  long_context: { about: 'very long inputs', priority: 'balanced', needs: 'long_context', prefer: ['google', 'anthropic'] },
  real_time: { about: 'recent events', priority: 'balanced', search: true, prefer: ['xai', 'google', 'openai'] },
};

/** Which tiers a priority looks at, in order. */
export const TIER_ORDER: Readonly<Record<Priority, readonly Tier[]>> = {
  quality: TIERS,
  balanced: ['balanced', 'fast', 'best'],
  cheap: ['fast', 'balanced', 'best'],
  fast: ['fast', 'balanced', 'best'],
};

/** The context window, in tokens, from which on a model counts as one for long inputs. */
export const LONG_CONTEXT = 400_000;
