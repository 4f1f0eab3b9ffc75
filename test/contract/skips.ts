import { belowMax, bounded, KNOWN_PROVIDERS, modelWhere, withoutTemperature, withoutThinking } from './catalogue.ts';
import type { Provider } from '../../src/providers/define.ts';
import type { Row } from './rows.ts';

/** A behaviour that a row does not have, and why. `premise` is false when the reason is gone. */
export type Skip = { behaviour: string; rows: (row: Row) => boolean; because: string; premise: (row: Row) => boolean };

type Facts = Parameters<typeof modelWhere>[1];

const noModel = (behaviour: string, which: Facts, because: string): Skip => ({
  behaviour,
  rows: (row) => modelWhere(row, which) === undefined,
  because,
  premise: ({ provider }) => provider.catalog === null || KNOWN_PROVIDERS.has(provider.catalog ?? provider.id),
});

const KEYLESS = {
  rows: ({ keyName }: Row): boolean => keyName === undefined,
  because: 'it takes no key',
  premise: ({ provider }: Row): boolean => provider.auth === 'none' && provider.keyEnv.length === 0,
};

/** Every skip of the contract suite. */
export const SKIPS: readonly Skip[] = [
  { behaviour: 'shows the key in its own header and nowhere else', ...KEYLESS },
  { behaviour: 'never repeats the key that the vendor echoes', ...KEYLESS },
  noModel(
    'leaves out a temperature that the model refuses',
    withoutTemperature,
    'the catalogue knows no model of it that refuses one',
  ),
  noModel(
    'leaves out an effort that the model does not have',
    withoutThinking,
    'the catalogue knows no model of it that does not think',
  ),
  noModel('sends the nearest effort that the model has', belowMax, 'the catalogue knows no model of it whose efforts stop short'),
  noModel('asks for no more tokens than the model gives', bounded, 'no catalogue describes its models'),
];

export const skipOf = (row: Row, behaviour: string): Skip | undefined =>
  SKIPS.find((skip) => skip.behaviour === behaviour && skip.rows(row));

/** A provider that is no row of the suite, and why. */
export type Unplayed = { id: string; because: string; premise: (provider: Provider) => boolean };

export const UNPLAYED: readonly Unplayed[] = [
  {
    id: 'vertex',
    because: 'its tokens come from Google’s default credentials, which nobody plays here',
    premise: ({ auth }) => auth === 'google-adc',
  },
];
