import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../src/providers/index.ts';
import { ROWS } from './rows.ts';
import { UNPLAYED } from './skips.ts';

describe('the rows of the contract suite', () => {
  it('are all providers but those that say why not', () => {
    const played = new Set(ROWS.map(({ provider }) => provider.id));
    const absent = PROVIDERS.map(({ id }) => id).filter((id) => !played.has(id));
    expect(absent.toSorted()).toEqual(UNPLAYED.map(({ id }) => id).toSorted());
  });

  it.each(UNPLAYED.map(({ id, because, premise }) => [id, because, premise] as const))(
    'have no %s, because %s',
    (id, _, premise) => {
      const provider = PROVIDERS.find((row) => row.id === id);
      expect(provider !== undefined && premise(provider)).toBe(true);
    },
  );

  it('have names of their own', () => {
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  });
});
