/** What ids of conversations and results look like. */
export { ID } from '../ledger/ids.ts';
