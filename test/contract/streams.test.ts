import { describe } from 'vitest';
import { streams } from './behaviours/streams.ts';
import { contract } from './contract.ts';

describe('a stream', async () => {
  await contract(streams);
});
