import { describe } from 'vitest';
import { disguised, size } from './behaviours/size.ts';
import { contract } from './contract.ts';
import { FIRST_OF_EACH_WIRE } from './rows.ts';

// Megabytes each: the limits are the same for every row, and only the wire's SDK decides what they cost. One SDK speaks both of
// OpenAI's wires.
describe('a size that no answer needs', async () => {
  await contract(size, (row) => FIRST_OF_EACH_WIRE.has(row) && row.wire !== 'openai-responses');
});
describe('a size in disguise', async () => {
  await contract(disguised, (row) => FIRST_OF_EACH_WIRE.has(row) && row.wire === 'anthropic-messages');
});
