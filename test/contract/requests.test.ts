import { describe } from 'vitest';
import { requests } from './behaviours/requests.ts';
import { media } from './behaviours/media.ts';
import { settings } from './behaviours/settings.ts';
import { contract } from './contract.ts';
import { FIRST_OF_EACH_WIRE } from './rows.ts';

describe('a request', async () => {
  await contract([...requests, ...media]);
});
describe('a request by the user’s settings', async () => {
  await contract(settings, (row) => FIRST_OF_EACH_WIRE.has(row));
});
