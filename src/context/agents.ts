import type { Agent } from '../core/agent.ts';
import { Failure } from '../core/errors.ts';
import { findSecrets } from './secrets.ts';

/**
 * The system prompt of an agent goes to a vendor with each of its calls, so it may hold no secret. `place` tells where a value of
 * the config stands. Throws a `config` failure for the first that does.
 */
export async function refuseSecrets(agents: readonly Agent[], place: (keys: readonly string[]) => string): Promise<void> {
  for (const { name, system = '' } of agents) {
    const [secret] = await findSecrets(system);
    if (secret === undefined) continue;
    throw new Failure(
      'config',
      `agents.${name}.system holds what looks like a secret (${secret.kind}) and would be sent with each call of the agent: take it out, at ${place(['agents', name, 'system'])}`,
    );
  }
}
