import { fileURLToPath } from 'node:url';
import type { Vars } from './home.ts';
import { lendVariables } from './machine.ts';

/** Moves the clock of a process that it is loaded into. */
const MODULE = new URL('clock.mjs', import.meta.url);

/** The path of the module, for `--import`. */
export const CLOCK = fileURLToPath(MODULE);

/** Variables that move the clocks of a program and of whatever it starts. */
export const clockVars = (ms: number): Vars => ({
  CLOCK_AHEAD_MS: String(ms),
  NODE_OPTIONS: `--import=${MODULE.href}`,
});

const aheadMs = (): number => Number(process.env['CLOCK_AHEAD_MS'] ?? 0);

/** Variables that give a program the clock of this process. */
export const ownClockVars = (): Vars => (aheadMs() === 0 ? {} : clockVars(aheadMs()));

/** Sets the clock of this process, and of the programs that it starts; it runs on from there. `using` sets it back. */
export const setClock = (moment: string): Disposable =>
  lendVariables({ CLOCK_AHEAD_MS: String(Date.parse(moment) - Date.now() + aheadMs()) });
