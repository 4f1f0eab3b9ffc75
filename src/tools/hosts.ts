import { isNamedBy } from '../glob/glob.ts';
import type { ResultLimit } from './render/shorten.ts';

/** One host as far as it is known, found by the name that it gives as a client. */
type HostRow = {
  client: RegExp;
  /** The family of its own model; a host with a choice of models has none. */
  family?: string;
  /** The most of a result that it passes on whole. If omitted, it is treated as a stranger. */
  result?: ResultLimit;
  /** Applies in place of `result` when the host names a model of its own that does not match. */
  otherwise?: { model: RegExp; result: ResultLimit };
};

const characters = (most: number): ResultLimit => ({ most, unit: 'characters' });

/**
 * Limits measured with each host's newest version in November 2026; each stands a little below the
 * measured one, because the host adds words of its own. Above it a host shows its model a preview
 * (Claude Code and Qwen Code 2 kB, Copilot CLI 500 characters) or cuts the middle or the end.
 */
const HOSTS: readonly HostRow[] = [
  // 49,073 characters pass.
  { client: /^claude/i, family: 'anthropic', result: characters(48_000) },
  {
    client: /^codex/i,
    family: 'openai',
    // 36,456 characters pass; with a model that Codex does not know, 10,000 bytes.
    result: characters(36_000),
    otherwise: { model: /^(?:gpt|o\d|codex)/i, result: { most: 9500, unit: 'bytes' } },
  },
  { client: /^chatgpt|^openai/i, family: 'openai' },
  // 40,000 characters pass in one text.
  { client: /^gemini/i, family: 'google', result: characters(39_000) },
  // It cuts at 50 kB or 2,000 lines, whichever comes first.
  { client: /^opencode/i, result: { most: 49_000, unit: 'bytes', lines: 1950 } },
  // 25,000 characters pass; the server's name follows in its own name.
  { client: /^qwen-/i, result: characters(24_000) },
  // 20,132 bytes pass.
  { client: /^copilot-cli/i, result: { most: 19_000, unit: 'bytes' } },
  // About 8,000 characters pass, `_meta` counted.
  { client: /^@?cline/i, result: characters(6500) },
  // 60,590 characters pass.
  { client: /^continue-cli/i, result: characters(60_000) },
];

/** A host that nobody has measured may be as narrow as the narrower half of those that were. */
const STRANGER = characters(19_000);

const findRow = (client: string | undefined): HostRow | undefined =>
  client === undefined ? undefined : HOSTS.find((row) => row.client.test(client));

/** Names the family of a host's own model: `anthropic` for Claude Code; undefined if unknown. */
export const familyOf = (client: string | undefined): string | undefined => findRow(client)?.family;

/** Limits by patterns of client names, as the user's config sets them. */
type OwnLimits = Readonly<Record<string, { resultChars?: number }>>;

function findOwn(client: string, own: OwnLimits): number | undefined {
  if (Object.hasOwn(own, client)) return own[client]?.resultChars;
  return Object.entries(own).find(([pattern]) => isNamedBy([pattern])(client))?.[1].resultChars;
}

/**
 * Returns the most of a result that a host passes on whole: by the user's config, by what was
 * measured, else by the careful limit for strangers. `hostModel` is the model that the host says
 * it runs on.
 */
export function limitFor(client: string | undefined, own: OwnLimits, hostModel?: string): ResultLimit {
  const chosen = client === undefined ? undefined : findOwn(client, own);
  if (chosen !== undefined) return characters(chosen);
  const row = findRow(client);
  const { otherwise } = row ?? {};
  if (hostModel !== undefined && otherwise !== undefined && !otherwise.model.test(hostModel)) return otherwise.result;
  return row?.result ?? STRANGER;
}

/** Where hosts say which model they run on, by the key in a request's `_meta`. */
const HOST_MODEL_KEYS = ['x-codex-turn-metadata'];

/** Reads an object, or the object that a text of JSON holds. */
function toObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return { ...value };
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** Returns the model that a host says it runs on, from a request's `_meta`; undefined if it says none. */
export function hostModelIn(meta: Readonly<Record<string, unknown>> | undefined): string | undefined {
  for (const key of HOST_MODEL_KEYS) {
    const { model } = toObject(meta?.[key]);
    if (typeof model === 'string' && model !== '') return model;
  }
  return undefined;
}
