import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/providers/index.ts';
import { WIRES } from '../../src/wires/wire.ts';
import { ROWS } from './rows.ts';

describe('the rows of the contract suite', () => {
  it('are all providers', () => {
    const played = new Set(ROWS.map(({ provider }) => provider.id));
    expect(PROVIDERS.map(({ id }) => id).filter((id) => !played.has(id))).toEqual([]);
  });

  it('speak every wire', () => {
    expect(new Set(ROWS.map(({ wire }) => wire))).toEqual(new Set(WIRES));
  });

  it('have names of their own', () => {
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  });
});
