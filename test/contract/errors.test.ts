import { describe } from 'vitest';
import { errors } from './behaviours/errors.ts';
import { contract } from './contract.ts';

describe('an error', () => {
  contract(errors);
});
