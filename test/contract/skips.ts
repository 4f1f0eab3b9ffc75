import { custom } from '../../src/providers/custom.ts';
import { carriesOf } from '../../src/wires/index.ts';
import { dialects } from '../support/dialects/index.ts';
import { belowMax, bounded, KNOWN_PROVIDERS, modelWhere, withoutTemperature, withoutThinking } from './catalogue.ts';
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
  rows: ({ keyName, machine }: Row): boolean => keyName === undefined && machine === undefined,
  because: 'it takes no key',
  premise: ({ provider }: Row): boolean => provider.auth === 'none' && provider.keyEnv.length === 0,
};

/** What only a stream of lines can have. */
const inFrames = (behaviour: string): Skip => ({
  behaviour,
  rows: ({ wire }) => wire === 'bedrock-converse',
  because: 'its stream is of binary frames, which have no lines',
  premise: ({ dialect }) => dialect.framing.contentType === 'application/vnd.amazon.eventstream',
});

/** What only a vendor can do that decides by a field of the request whether it streams. */
const streamsOnly = (behaviour: string): Skip => ({
  behaviour,
  rows: ({ wire }) => wire === 'bedrock-converse',
  because: 'what it answers whole it answers under another address',
  premise: ({ dialect }) => dialect.framing === dialects['bedrock-converse'].framing,
});

/** What the row's provider can be given, by the wire that the row speaks. */
const carried = ({ wire, provider: { quirks = {} } }: Row) => carriesOf({ wire, quirks });

const takesPdfs = (row: Row): boolean => carried(row).pdfs !== 'none';
const takesAddresses = (row: Row): boolean => carried(row).imageUrls;

/** Whether it summarises its thinking when it is asked to. */
const summarises = ({ provider: { quirks } }: Row): boolean => quirks?.summaries !== 'unsupported';

const where = (behaviour: string, rows: Skip['rows'], because: string): Skip => ({ behaviour, rows, because, premise: rows });

/** Whether it can be told to search the web, or does so in any case. */
const searches = (row: Row): boolean => carried(row).search !== 'none';
const tellsSources = (row: Row): boolean => searches(row) && row.dialect.untold?.includes('sources') !== true;

/** Every skip of the contract suite. */
const SKIPS: readonly Skip[] = [
  { behaviour: 'shows the key in its own header and nowhere else', ...KEYLESS },
  { behaviour: 'never repeats the key that the vendor echoes', ...KEYLESS },
  {
    behaviour: 'shows the key in its own header and nowhere else',
    rows: ({ provider }) => provider.auth === 'aws',
    because: 'it signs with its secret and shows it to nobody',
    premise: ({ machine, keyName }) => machine !== undefined && keyName === undefined,
  },
  {
    behaviour: 'never repeats the key that the vendor echoes',
    rows: ({ provider }) => provider.auth === 'aws',
    because: 'the vendor never sees the secret that it signs with',
    premise: ({ machine, keyName }) => machine !== undefined && keyName === undefined,
  },
  {
    behaviour: 'can check the signature, and never sees the secret',
    rows: ({ wire, provider }) => wire === 'bedrock-converse' && provider.auth !== 'aws',
    because: 'it is shown a key in place of a signature',
    premise: ({ keyName }) => keyName !== undefined,
  },
  {
    behaviour: 'shows the key of an endpoint of one’s own where the wire’s vendor would look for it',
    rows: ({ wire }) => wire === 'bedrock-converse',
    because: 'an endpoint that speaks it wants a signature',
    premise: ({ wire }) => custom.authByWire?.[wire] === 'aws',
  },
  inFrames('arrives whole whatever its lines end with'),
  inFrames('arrives whole with comments that keep it alive'),
  streamsOnly('is read from a JSON body, although a stream was asked for'),
  streamsOnly('is none when it has no text in a JSON body'),
  streamsOnly('is none when an error comes under the status 200'),
  {
    behaviour: 'that speaks of billing is no_credit, although its status says to wait',
    rows: ({ wire }) => wire === 'bedrock-converse',
    because: 'AWS sends a bill afterwards',
    premise: ({ dialect }) => dialect.complaints.noCredit === undefined,
  },
  where(
    'that speaks of billing is no_credit, although its status says to wait',
    ({ provider }) => provider.errorCodes?.['insufficient_quota'] !== undefined,
    'so it calls a limit that is over within a minute',
  ),
  where('carries a PDF by value', (row) => !takesPdfs(row), 'its API has no place for one'),
  where('is none for a PDF that its API has no place for', takesPdfs, 'it takes PDFs'),
  where('carries an image by address', (row) => !takesAddresses(row), 'it takes images by value only'),
  where('is none for an image by an address that nobody would fetch', takesAddresses, 'it fetches images'),
  where('asks for a search of the web in its vendor’s words', (row) => !searches(row), 'its API cannot search'),
  where(
    'may refuse to summarise its thinking, and is asked again without',
    (row) => !summarises(row),
    'it is not asked for summaries',
  ),
  where(
    'asks for a summary of thinking only when told to, and of nobody who is told not to think',
    (row) => !summarises(row),
    'it has no such parameter',
  ),
  where('is none where a search was asked of a vendor that has none', searches, 'it searches'),
  where('tells which pages an answer rests on, and counts the searches', (row) => !tellsSources(row), 'it does not tell'),
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
