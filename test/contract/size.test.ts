import { describe } from 'vitest';
import { size } from './behaviours/size.ts';
import { contract } from './contract.ts';
import { ROWS } from './rows.ts';

const firstOfEachWire = new Set(new Map(ROWS.toReversed().map((row) => [row.wire, row])).values());

// Tens of megabytes each: the limit is the same for every row, and only the wire's SDK decides what it costs.
describe('a size that no answer needs', async () => {
  await contract(size, (row) => firstOfEachWire.has(row));
});
