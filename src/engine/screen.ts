import { type Agent, askFor } from '../core/agent.ts';
import type { Ask, Note } from '../core/chat.ts';

/** Looks at an agent before it is asked: as it may be asked, and what the reader should know of that. Throws where it may not. */
export type Screen = (agent: Agent) => Promise<{ agent: Agent; notes: readonly Note[] }>;

/** Agents as they are. */
export const asItIs: Screen = async (agent) => ({ agent, notes: [] });

/** An ask as whoever is asked takes it, with the agent looked at. */
export async function screened(
  { agent }: { agent?: Agent },
  ask: Ask,
  screen: Screen,
): Promise<{ ask: Ask; notes: readonly Note[] }> {
  if (agent === undefined) return { ask: askFor({}, ask), notes: [] };
  const seen = await screen(agent);
  return { ask: askFor(seen, ask), notes: seen.notes };
}
