/** What is known of hosts, by the name that they give as a client. What is absent nobody can tell. */
type HostRow = {
  client: RegExp;
  /** Whose model it runs on by itself; hosts with a choice of models have none. */
  family?: string;
  /** The most characters of a result that it takes well. */
  resultChars?: number;
};

/** Claude Code refuses results above about 25,000 tokens or puts them into a file, and Codex cuts long ones in their middle. */
const HOSTS: readonly HostRow[] = [
  { client: /^claude/i, family: 'anthropic', resultChars: 60_000 },
  { client: /^codex/i, family: 'openai', resultChars: 36_000 },
  { client: /^chatgpt|^openai/i, family: 'openai', resultChars: 60_000 },
  { client: /^gemini/i, family: 'google', resultChars: 60_000 },
];

/** What any host takes, in characters: about 15,000 to 20,000 tokens. */
const RESULT_CHARS = 60_000;

const rowOf = (client: string | undefined): HostRow | undefined =>
  client === undefined ? undefined : HOSTS.find((row) => row.client.test(client));

/** `anthropic` for Claude Code and Claude Desktop, and so on; undefined where nobody can tell. */
export const familyOf = (client: string | undefined): string | undefined => rowOf(client)?.family;

/** The most characters of a result for this host: by the user's config, by what is known of it, or what any host takes. */
export const resultCharsOf = (client: string | undefined, own: Readonly<Record<string, { resultChars?: number }>>): number =>
  (client === undefined ? undefined : own[client]?.resultChars) ?? rowOf(client)?.resultChars ?? RESULT_CHARS;
