import type { Agent } from '../../core/agent.ts';
import type { Note } from '../../core/chat.ts';
import { scanText, type SecretPolicy } from './scan.ts';

/** An agent as it may be asked, and what the reader should know of that. */
export type Screened = { agent: Agent; notes: readonly Note[] };

/**
 * What looks at an agent before it is asked: its system prompt goes to a vendor with each of its calls, and is searched for
 * secrets as everything else is. What it returns throws an `input` failure where the policy is to refuse.
 */
export function screening(policy: SecretPolicy): (agent: Agent) => Promise<Screened> {
  const known = new WeakMap<Agent, Screened>();
  return async (agent) => {
    const before = known.get(agent);
    if (before !== undefined) return before;
    const path = `the system prompt of the agent "${agent.name}"`;
    const { text, redacted } = await scanText(path, agent.system ?? '', policy);
    const notes = redacted.map(({ line, kind }): Note => ({
      param: path,
      asked: `line ${line}`,
      sent: '[redacted]',
      why: `it holds a secret: ${kind}`,
    }));
    const screened = { agent: redacted.length === 0 ? agent : { ...agent, system: text }, notes };
    known.set(agent, screened);
    return screened;
  };
}
