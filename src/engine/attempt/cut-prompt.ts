import type { Ask, Note, Usage } from '../../core/chat.ts';
import { count } from '../../core/text.ts';
import { tokensOf } from '../../core/tokens.ts';

/** Tokenizers differ: less than this share of what was sent has to have been read before anything is said. */
const SHARE = 0.5;
/** Below this many tokens an estimate says little. */
const LEAST = 1000;

/** The tokens that the text of an ask likely has; images and documents are counted by nobody here. */
const textTokens = ({ system = '', messages }: Ask): number =>
  [system, ...messages.flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? [part.text] : [])))]
    .map((text) => tokensOf(text).likely)
    .reduce((sum, tokens) => sum + tokens, 0);

/**
 * A Note where a server read far less than it was sent. Servers at home cut a prompt to the context that they were started with
 * and say nothing of it, so the answer is to the end of the prompt alone.
 */
export function cutNotes(ask: Ask, { input, cacheRead = 0, cacheWrite = 0 }: Usage): Note[] {
  if (input === undefined) return [];
  const [sent, read] = [textTokens(ask), input + cacheRead + cacheWrite];
  if (sent < LEAST || read >= sent * SHARE) return [];
  const why = 'the server cut the prompt to its context: raise that (in Ollama num_ctx, or OLLAMA_CONTEXT_LENGTH) and ask again';
  return [{ param: 'prompt', asked: `about ${count(sent)} tokens`, sent: `only ${count(read)} of them read`, why }];
}
