import type { Reply } from './reply.ts';

/**
 * What the vendor's socket does next: send the status and headers, send bytes, end properly, break off (`cut` closes the
 * connection, `reset` tears it down), wait a moment, or fall silent until the client leaves.
 */
export type Step = 'head' | Buffer | 'end' | 'cut' | 'reset' | 'stall' | { pauseMs: number };

/** How a reply travels. Any delivery goes with any reply. */
export type Delivery = (reply: Reply) => Iterable<Step>;

/** A place in a body: so many bytes from its start, from its end where negative, or half way. */
export type Place = number | 'half';

/** Event by event, as a vendor sends them. */
export function* asWritten({ pieces }: Reply): Iterable<Step> {
  yield 'head';
  yield* pieces;
  yield 'end';
}

/** In one write. */
export const atOnce: Delivery = (reply) => ['head', bodyOf(reply), 'end'];

/** Byte by byte, which also parts every character of more than one. */
export const oneByte: Delivery = (reply) => {
  const body = bodyOf(reply);
  return ['head', ...Array.from(body, (_, at) => body.subarray(at, at + 1)), 'end'];
};

/** In pieces of this many bytes, whatever they part. */
export const inPiecesOf =
  (size: number): Delivery =>
  (reply) => {
    const body = bodyOf(reply);
    const starts = Array.from({ length: Math.ceil(body.length / size) }, (_, nth) => nth * size);
    return ['head', ...starts.map((at) => body.subarray(at, at + size)), 'end'];
  };

/** In pieces that end at the given bytes. */
export const splitAt =
  (...offsets: number[]): Delivery =>
  (reply) => {
    const body = bodyOf(reply);
    return ['head', ...[0, ...offsets].map((from, index) => body.subarray(from, offsets[index])), 'end'];
  };

/** In two pieces, parted within the first character that has more than one byte. */
export const splitInCharacter: Delivery = (reply) => {
  const at = bodyOf(reply).findIndex((byte) => byte >= 0x80);
  if (at === -1) throw new Error('The body has no character of more than one byte to split.');
  return splitAt(at + 1)(reply);
};

/** The connection closes in the middle of the body. */
export const cutAfter = (place: Place): Delivery => upTo(place, 'cut');

/** The connection is torn down in the middle of the body. */
export const resetAfter = (place: Place): Delivery => upTo(place, 'reset');

/** The body ends too early, as if that were its end. */
export const endAfter = (place: Place): Delivery => upTo(place, 'end');

/** Silence in the middle of the body. */
export const stallAfter = (place: Place): Delivery => upTo(place, 'stall');

/** Not even a status. */
export const silence: Delivery = () => ['stall'];

/** The connection closes before there is a status. */
export const hangUp: Delivery = () => ['cut'];

/** A moment before the status. */
export const late =
  (pauseMs: number, then: Delivery = asWritten): Delivery =>
  (reply) => [{ pauseMs }, ...then(reply)];

/** A moment before each piece: never silent for long, and never quick. */
export const drip = (pauseMs: number): Delivery =>
  function* dripping({ pieces }) {
    yield 'head';
    for (const piece of pieces) {
      yield { pauseMs };
      yield piece;
    }
    yield 'end';
  };

function upTo(place: Place, then: Step): Delivery {
  return (reply) => {
    const body = bodyOf(reply);
    return ['head', body.subarray(0, place === 'half' ? body.length >> 1 : place), then];
  };
}

const bodyOf = ({ pieces }: Reply): Buffer => Buffer.concat([...pieces]);
