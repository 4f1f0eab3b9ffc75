/** Whose model a host runs on by itself, by the name that it gives as a client. Hosts with a choice of models are not here. */
const FAMILIES: readonly { client: RegExp; family: string }[] = [
  { client: /^claude/i, family: 'anthropic' },
  { client: /^codex/i, family: 'openai' },
  { client: /^chatgpt|^openai/i, family: 'openai' },
  { client: /^gemini/i, family: 'google' },
];

/** `anthropic` for Claude Code and Claude Desktop, and so on; undefined where nobody can tell. */
export const familyOf = (client: string | undefined): string | undefined =>
  client === undefined ? undefined : FAMILIES.find((row) => row.client.test(client))?.family;
