import { expect } from 'vitest';
import type { Ask, Part } from '../../../src/core/chat.ts';
import type { Quirks, WireId } from '../../../src/wires/wire.ts';
import { answer } from '../../support/reply.ts';
import type { Behaviour } from '../contract.ts';
import type { Row } from '../rows.ts';

const DATA = 'JVBERi0xLjQK';
const URL_OF_DATA = `data:application/pdf;base64,${DATA}`;

const about = (...parts: Part[]): Ask => ({
  messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, ...parts] }],
});

const PDF = about({ type: 'pdf', data: DATA, name: 'Q3 report_final.pdf' });
const NAMELESS = about({ type: 'pdf', data: DATA });
const ADDRESS = about({ type: 'image_url', url: 'https://pictures.example/cat.png' });

type Shape = { named: object; nameless: object };

/** How each wire's vendors document a PDF. */
const WIRES: Record<Exclude<WireId, 'openai-chat'>, Shape> = {
  'openai-responses': {
    named: { type: 'input_file', filename: 'Q3 report_final.pdf', file_data: URL_OF_DATA },
    nameless: { type: 'input_file', filename: 'document.pdf', file_data: URL_OF_DATA },
  },
  'anthropic-messages': {
    named: {
      type: 'document',
      source: { type: 'base64', media_type: 'application/pdf', data: DATA },
      title: 'Q3 report_final.pdf',
    },
    nameless: { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: DATA } },
  },
  'google-generate': {
    named: { inlineData: { mimeType: 'application/pdf', data: DATA } },
    nameless: { inlineData: { mimeType: 'application/pdf', data: DATA } },
  },
  'bedrock-converse': {
    named: { document: { name: 'Q3 report-final 1', source: { bytes: DATA }, format: 'pdf' } },
    nameless: { document: { name: 'document 1', source: { bytes: DATA }, format: 'pdf' } },
  },
};

/** How vendors of the chat wire differ in it. */
const STYLES: Record<Exclude<NonNullable<Quirks['pdf']>, 'unsupported'>, Shape> = {
  file: {
    named: { type: 'file', file: { filename: 'Q3 report_final.pdf', file_data: URL_OF_DATA } },
    nameless: { type: 'file', file: { filename: 'document.pdf', file_data: URL_OF_DATA } },
  },
  typed_file: {
    named: { type: 'file', file: { filename: 'Q3 report_final.pdf', media_type: 'application/pdf', data: DATA } },
    nameless: { type: 'file', file: { filename: 'document.pdf', media_type: 'application/pdf', data: DATA } },
  },
  document_url: {
    named: { type: 'document_url', document_url: URL_OF_DATA, document_name: 'Q3 report_final.pdf' },
    nameless: { type: 'document_url', document_url: URL_OF_DATA },
  },
};

const shapeFor = ({ wire, provider: { quirks = {} } }: Row): Shape => {
  if (wire !== 'openai-chat') return WIRES[wire];
  return STYLES[quirks.pdf === undefined || quirks.pdf === 'unsupported' ? 'file' : quirks.pdf];
};

/** What an ask may carry besides text. */
export const media: readonly Behaviour[] = [
  {
    name: 'carries a PDF by value',
    async run({ row, vendor, call }) {
      vendor.always(answer());
      expect((await call(PDF)).notes).toEqual([]);
      await call(NAMELESS);
      const { named, nameless } = shapeFor(row);
      expect(vendor.requests[0]?.text).toContain(JSON.stringify(named));
      expect(vendor.requests[1]?.text).toContain(JSON.stringify(nameless));
    },
  },
  {
    name: 'is none for a PDF that its API has no place for',
    async run({ vendor, failure }) {
      expect(await failure(PDF)).toMatchObject({ kind: 'unsupported', facts: { param: 'files' } });
      expect(vendor.requests).toEqual([]);
    },
  },
  {
    name: 'carries an image by address',
    async run({ vendor, call }) {
      vendor.always(answer());
      expect((await call(ADDRESS)).notes).toEqual([]);
      expect(vendor.requests[0]?.text).toContain('https://pictures.example/cat.png');
    },
  },
  {
    name: 'is none for an image by an address that nobody would fetch',
    async run({ vendor, failure }) {
      const { kind, message } = await failure(ADDRESS);
      expect({ kind, message }).toEqual({ kind: 'unsupported', message: expect.stringContaining('a file or a data URI') });
      expect(vendor.requests).toEqual([]);
    },
  },
];
