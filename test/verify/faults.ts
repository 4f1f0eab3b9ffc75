import type { Fault } from './fault.ts';
import { bodyFaults } from './faults-body.ts';
import { networkFaults } from './faults-network.ts';
import { statusFaults } from './faults-status.ts';
import { streamFaults } from './faults-stream.ts';

/** Everything that goes wrong. */
export const FAULTS: readonly Fault[] = [...statusFaults, ...bodyFaults, ...streamFaults, ...networkFaults];
