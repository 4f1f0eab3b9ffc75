import { describe } from 'vitest';
import { answers } from './behaviours/answers.ts';
import { contract } from './contract.ts';

describe('an answer', () => {
  contract(answers);
});
