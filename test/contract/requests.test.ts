import { describe } from 'vitest';
import { requests } from './behaviours/requests.ts';
import { contract } from './contract.ts';

describe('a request', async () => {
  await contract(requests);
});
