import type { Failure } from '../core/errors.ts';
import { failureText } from '../tools/render/failure.ts';

/** What only a host has, as somebody at a command line has it. */
const PLACES: Readonly<Record<string, string>> = {
  "in the server's environment": 'in the environment',
  'start the server with --allow-dir': 'add --allow-dir',
  'start the server with npx': 'run it with npx',
};

/** Tools and their parameters, as the command line calls them. */
const OPTIONS: Readonly<Record<string, string>> = {
  call_model: 'switchboard call',
  list_models: 'switchboard models',
  reasoning_effort: '--reasoning-effort',
  max_tokens: '--max-tokens',
  timeout_s: '--timeout',
  json_schema: '--schema',
  git_diff: '--diff',
  thread_id: '--thread',
  web_search: '--web-search',
  dry_run: '--dry-run',
  available_only: '--available',
};

/** Says a text in other words. What stands in quotation marks is somebody else's and stays, and so do parts of paths and ids. */
function saying(words: Readonly<Record<string, string>>): (text: string) => string {
  const pattern = new RegExp(`“[^”]*”|"[^"]*"|(?<![\\w./-])(?:${Object.keys(words).join('|')})(?!\\w)`, 'g');
  return (text) => text.replaceAll(pattern, (said) => words[said] ?? said);
}

const inPlaces = saying(PLACES);

/** A text of the tools for who stands at a command line. */
export const spoken = saying({ ...PLACES, ...OPTIONS });

/** What failed, for who stands at a command line. Keys of a config have the names of parameters and keep them. */
export const failureSpoken = (failure: Failure): string => (failure.kind === 'config' ? inPlaces : spoken)(failureText(failure));
