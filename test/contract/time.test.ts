import { describe } from 'vitest';
import { time } from './behaviours/time.ts';
import { contract } from './contract.ts';

// Most of it is waiting, so it waits together.
describe.concurrent('time', () => {
  contract(time);
});
