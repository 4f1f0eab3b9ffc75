import type { Agent } from '../core/agent.ts';
import { defined } from '../core/defined.ts';
import type { AgentValues, ConfigValues } from './schema.ts';

const asAgent = (name: string, values: AgentValues): Agent =>
  defined({
    name,
    model: values.model,
    system: values.system,
    effort: values.reasoning_effort,
    temperature: values.temperature,
    maxTokens: values.max_tokens,
    fallbacks: values.fallbacks,
    files: values.files,
  });

/** Named profiles, by their names. */
export const agentsOf = ({ agents = {} }: ConfigValues): Record<string, Agent> =>
  Object.fromEntries(Object.entries(agents).map(([name, values]) => [name, asAgent(name, values)]));
