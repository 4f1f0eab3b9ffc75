import type { Ask, Stop, Usage } from '../../src/core/chat.ts';
import type { FailureKind } from '../../src/core/errors.ts';
import type { WireId } from '../../src/wires/wire.ts';
import type { VendorEvent } from '../support/framing.ts';

/** One response of a vendor: a body, or a stream of events in text or in AWS's binary frames. */
export type Recorded = {
  /** HTTP status; 200 if omitted. */
  status?: number;
  /** Headers beside the content type, which follows from the other fields unless it is named here. */
  headers?: Record<string, string>;
  /** A body: text is sent as it stands, anything else as JSON. */
  body?: unknown;
  /** A stream of server-sent events, byte for byte. `sse` writes it from objects. */
  events?: string;
  /** A stream of AWS's binary frames. */
  frames?: readonly VendorEvent[];
};

/** What the caller is to see of a reply. A field that is left out is not looked at. */
export type Expected = {
  text?: string;
  /** Thinking; empty: none may have been taken for thinking. */
  thinking?: string;
  stop?: Stop;
  /** The whole usage: a count that is not named here must not be reported. */
  usage?: Usage;
  /** Addresses of all sources, in their order. */
  sources?: readonly string[];
  /** The kind of the failure; left out: it is an answer. */
  kind?: FailureKind;
  /** Requests that the vendor sees with default retries; 1 if omitted. */
  asks?: number;
  /** What the reader is told to do: words that have to stand in the text of the answer or the failure. */
  remedy?: string | RegExp;
  /** Further words that have to stand in that text, such as notes and the vendor's own words. */
  notes?: readonly (string | RegExp)[];
  /** Words that must not stand in that text. */
  never?: readonly (string | RegExp)[];
};

/** One reply of one vendor, and what is to come of it. */
export type ReplayRow = {
  /** The vendor, as the table groups rows. */
  vendor: string;
  /** The provider that is called: a provider's id, or `custom` for an endpoint of the user's own. */
  provider: string;
  /** The wire that it is told to speak, where that is not the provider's first. */
  wire?: WireId;
  /** The model that is called; one that no catalogue knows if omitted. */
  model?: string;
  /** What is special about the reply. Names the row together with its vendor. */
  what: string;
  /** Parts of the request that matter for the reply. The prompt is given. */
  ask?: Partial<Ask>;
  /** The reply to the first request, and to those that follow unless `later` has one for them. */
  reply: Recorded;
  /** Replies to the requests after the first, one to each; the last one answers all that follow. */
  later?: readonly Recorded[];
  expect: Expected;
};

/** A stream of server-sent events: an object under the name in its `type`, text as the data of an event without a name. */
export const sse = (...events: readonly (object | string)[]): string =>
  events
    .map((event) => {
      if (typeof event === 'string') return `data: ${event}\n\n`;
      const name = 'type' in event && typeof event.type === 'string' ? `event: ${event.type}\n` : '';
      return `${name}data: ${JSON.stringify(event)}\n\n`;
    })
    .join('');
