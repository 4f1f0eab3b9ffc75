import { fileURLToPath } from 'node:url';
import type { Vars } from './home.ts';
import { lendVariables } from './machine.ts';

/** The module that moves a process's clock, for `--require`: that works in threads too. */
export const CLOCK = fileURLToPath(new URL('clock.cjs', import.meta.url));

/** Variables that move the clocks of a program and of whatever it starts. */
export const clockVars = (ms: number): Vars => ({
  CLOCK_AHEAD_MS: String(ms),
  // In quotes, for a path with spaces.
  NODE_OPTIONS: `--require=${JSON.stringify(CLOCK)}`,
});

const aheadMs = (): number => Number(process.env['CLOCK_AHEAD_MS'] ?? 0);

/** Variables that give a program the clock of this process. */
export const ownClockVars = (): Vars => (aheadMs() === 0 ? {} : clockVars(aheadMs()));

/** Sets the clock of this process, and of the programs that it starts; it runs on from there. `using` sets it back. */
export const setClock = (moment: string): Disposable =>
  lendVariables({ CLOCK_AHEAD_MS: String(Date.parse(moment) - Date.now() + aheadMs()) });
