/** One event of a stream before it is framed: its name, where the vendor names events, and its payload. */
export type VendorEvent = { name?: string; data: object };

/** How a vendor's events become bytes. Server-sent events are one way, binary frames another. */
export type Framing = {
  contentType: string;
  frame: (event: VendorEvent) => Buffer;
  /** The event, framed as it should be, with a payload that breaks off in the middle. */
  broken: (event: VendorEvent) => Buffer;
  /** What follows the last event of a finished stream. */
  farewell?: Buffer;
};

type SseOptions = { contentType?: string; newline?: string; farewell?: string };

/** Server-sent events. */
export function sse({ contentType = 'text/event-stream', newline = '\n', farewell }: SseOptions = {}): Framing {
  const lines = (name: string | undefined, data: string): Buffer =>
    Buffer.from([...(name === undefined ? [] : [`event: ${name}`]), `data: ${data}`, '', ''].join(newline));
  return {
    contentType,
    frame: ({ name, data }) => lines(name, JSON.stringify(data)),
    broken: ({ name, data }) => lines(name, JSON.stringify(data).slice(0, -2)),
    ...(farewell === undefined ? {} : { farewell: lines(undefined, farewell) }),
  };
}
