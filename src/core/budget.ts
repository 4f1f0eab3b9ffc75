/** How long a budget counts. `call`: one call of a tool with all its attempts; `session`: one run of a server; `total`: for ever. */
export const WINDOWS = ['call', 'session', 'hour', 'day', 'week', 'month', 'total'] as const;
export type Window = (typeof WINDOWS)[number];

/** What a budget may be limited to. */
export const SCOPES = ['all', 'provider', 'model', 'tool', 'project'] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** The tools that can cost money. */
export const COSTLY_TOOLS = ['call_model', 'compare_models', 'route_by_task'] as const;

/** A ceiling on money, as the user set it. */
export type Budget = {
  /** How it is called when it refuses: its `name`, else what it says. */
  name: string;
  /** Nano-dollars. */
  limit: number;
  window: Window;
  /** The window moves with the clock (the last 24 hours) instead of beginning anew (at midnight). */
  rolling: boolean;
  /** Without a pattern each provider, model, tool or project has the limit for itself; with one, those that it matches share it. */
  scope: { kind: ScopeKind; pattern?: string };
  /** `block` refuses before the call, `warn` only says so after it. */
  mode: 'block' | 'warn';
  /** Counts in this project only: a project's own file may add ceilings, which bind nobody else. */
  project?: string;
};

/** Whose money an attempt spends, as far as budgets and reports tell it apart. */
export type Spender = {
  provider: string;
  model: string;
  tool: string;
  /** The folder that the work is about. */
  project: string;
  /** One run of a server. */
  session: string;
  /** One call of a tool, with all its attempts. */
  call: string;
};
