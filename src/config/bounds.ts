/** How much of a configuration is read. Checks of it take time that grows with these, so a file cannot make a call stand still. */
export type Bounds = {
  bytes: number;
  /** Words and signs. */
  tokens: number;
  /** Keys and items of lists: those of one table are compared with each other. */
  entries: number;
};

/** What a user writes by hand, with long system prompts in it. */
export const OWN_BOUNDS: Bounds = { bytes: 1_048_576, tokens: 50_000, entries: 10_000 };

/** What a repository brings along, which anybody may have written. */
export const PROJECT_BOUNDS: Bounds = { bytes: 65_536, tokens: 20_000, entries: 2000 };

/** How deep tables and lists may stand in one another: the YAML library ends the process for tens of thousands. */
export const MAX_DEPTH = 50;

/** How often a file may refer to what stands elsewhere in it (`*name`). */
export const MAX_ALIASES = 100;
