import type { Ask } from './chat.ts';
import { defined } from './defined.ts';

/** A named profile: a model with a way of asking it, callable wherever a model is named. */
export type Agent = {
  name: string;
  /** As the user wrote it; absent: the default model. */
  model?: string;
  system?: string;
  effort?: NonNullable<Ask['effort']>;
  temperature?: number;
  maxTokens?: number;
  /** Asked when its model fails, as the user wrote them. */
  fallbacks?: readonly string[];
  /** Sent along with every call of it: paths and patterns as in `files`. */
  files?: readonly string[];
};

/** An ask as whoever is asked takes it: an agent by its profile, a plain model as it stands. Pure. */
export const askFor = ({ agent }: { agent?: Agent }, ask: Ask): Ask => (agent === undefined ? ask : asAgentAsks(ask, agent));

/** An ask as an agent is asked: what the call itself says wins; both system prompts count, the agent's first. Pure. */
function asAgentAsks(ask: Ask, { system, effort, temperature, maxTokens }: Agent): Ask {
  const both = [system, ask.system].filter((one) => one !== undefined).join('\n\n');
  const omitted = new Set<string>(ask.omit);
  const unless = <T>(name: string, value: T): T | undefined => (omitted.has(name) ? undefined : value);
  return {
    ...defined({
      effort: unless('effort', effort),
      temperature: unless('temperature', temperature),
      maxTokens: unless('maxTokens', maxTokens),
    }),
    ...ask,
    ...(both === '' ? {} : { system: both }),
  };
}
