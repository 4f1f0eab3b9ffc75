import { describe } from 'vitest';
import { compression } from './behaviours/compression.ts';
import { streams } from './behaviours/streams.ts';
import { contract } from './contract.ts';
import { FIRST_OF_EACH_WIRE } from './rows.ts';

describe('a stream', () => {
  contract(streams);
});
describe('a compressed stream', () => {
  contract(compression, (row) => FIRST_OF_EACH_WIRE.has(row));
});
