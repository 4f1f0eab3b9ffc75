import { describe } from 'vitest';
import { media } from './behaviours/media.ts';
import { requests } from './behaviours/requests.ts';
import { search } from './behaviours/search.ts';
import { settings } from './behaviours/settings.ts';
import { turns } from './behaviours/turns.ts';
import { contract } from './contract.ts';
import { FIRST_OF_EACH_WIRE } from './rows.ts';

describe('a request', () => {
  contract([...requests, ...media, ...search, ...turns]);
});
describe('a request by the user’s settings', () => {
  contract(settings, (row) => FIRST_OF_EACH_WIRE.has(row));
});
