import type { Dialect } from './dialects/dialect.ts';
import type { VendorEvent } from './framing.ts';
import { scripted } from './script.ts';
import type { Script, Trouble } from './script.ts';

/** What goes back for one request, before anything is decided about how it travels. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  /** The body in its natural pieces: one an event. May be endless. */
  pieces: Iterable<Buffer>;
};

/** Makes a reply in whatever dialect the vendor speaks, to the request whose parsed body it is given. */
export type Content = (dialect: Dialect, request: unknown) => Reply;

const JSON_TYPE = { 'content-type': 'application/json' };

const streamed = ({ framing }: Dialect, pieces: Iterable<Buffer>): Reply => ({
  status: 200,
  headers: { 'content-type': framing.contentType },
  pieces,
});

const farewell = ({ framing }: Dialect): Buffer[] => (framing.farewell === undefined ? [] : [framing.farewell]);

const body = (value: unknown): Buffer[] => [Buffer.from(JSON.stringify(value))];

/** A stream from its beginning to its end. */
export const answer = (part: Partial<Script> = {}): Content => edited(part, (events) => events);

/** A stream whose events were changed: `edit` gets them framed and unframed at will. */
export const edited =
  (part: Partial<Script>, edit: (events: VendorEvent[], dialect: Dialect) => (VendorEvent | Buffer)[]): Content =>
  (dialect, request) => {
    const events = edit(dialect.events(scripted(part), request), dialect);
    const frames = events.map((event) => (Buffer.isBuffer(event) ? event : dialect.framing.frame(event)));
    return streamed(dialect, [...frames, ...farewell(dialect)]);
  };

/** The same answer without a stream, whatever was asked for. */
export const unstreamed =
  (part: Partial<Script> = {}): Content =>
  (dialect) => ({ status: 200, headers: JSON_TYPE, pieces: body(dialect.whole(scripted(part))) });

/** An error response as the vendor writes it. */
export const failure =
  (trouble: Trouble, headers: Record<string, string> = {}): Content =>
  (dialect) => ({
    status: trouble.status,
    headers: { ...JSON_TYPE, ...dialect.troubleHeaders?.(trouble), ...headers },
    pieces: body(dialect.trouble(trouble)),
  });

/** An error response in the words that the vendor has for a situation. */
export const complaint =
  (about: keyof Dialect['complaints']): Content =>
  (dialect, request) => {
    const trouble = dialect.complaints[about];
    if (trouble === undefined) throw new Error(`A vendor of ${dialect.wire} has no words for ${about}.`);
    return failure(trouble)(dialect, request);
  };

/** An error object under the status 200. */
export const failureUnder200 =
  (trouble: Trouble): Content =>
  (dialect) => ({ status: 200, headers: JSON_TYPE, pieces: body(dialect.trouble(trouble)) });

/** A stream that tells of an error when it has begun to answer. */
export const failureMidStream =
  (trouble: Trouble, part: Partial<Script> = {}): Content =>
  (dialect, request) => {
    const { framing } = dialect;
    const begun = firstHalf(dialect.events(scripted(part), request));
    return streamed(
      dialect,
      [...begun, dialect.troubleEvent(trouble)].map((event) => framing.frame(event)),
    );
  };

/** A stream with an event in its middle whose payload is not JSON. */
export const malformed = (part: Partial<Script> = {}): Content =>
  edited(part, (events, { framing }) => {
    const begun = firstHalf(events);
    const [next, ...rest] = events.slice(begun.length);
    return [...begun, ...(next === undefined ? [] : [framing.broken(next)]), ...rest];
  });

/** A stream with events and fields that nobody has heard of, everywhere they may be. */
export const withStrangers = (part: Partial<Script> = {}): Content =>
  edited(part, (events, { stranger }) =>
    events.flatMap((event) => [stranger, { ...event, data: embellished(event.data) }]).concat(stranger),
  );

/** A stream that never says that it is done and never stops. */
export const endless =
  (part: Partial<Script> = {}): Content =>
  (dialect, request) => {
    const frames = firstHalf(dialect.events(scripted(part), request)).map((event) => dialect.framing.frame(event));
    return streamed(dialect, forever(frames));
  };

/** A body without end that is nothing at all: no event, no JSON, and not even a line unless `text` has its end. */
export const flood =
  (status: number, contentType: string, text = 'x'): Content =>
  () => ({ status, headers: { 'content-type': contentType }, pieces: forever([Buffer.alloc(65_536, text)]) });

/** A response whose every detail is the test's. */
export const raw =
  (status: number, headers: Record<string, string>, text: string): Content =>
  () => ({ status, headers, pieces: [Buffer.from(text)] });

/** A JSON body. */
export const json = (status: number, value: object): Content => raw(status, JSON_TYPE, JSON.stringify(value));

/** A stream of nothing but these events. */
export const saying = (...events: VendorEvent[]): Content => edited({}, () => events);

/** A pointer to another place. */
export const redirect = (status: 301 | 302 | 303 | 307 | 308, location: string): Content => raw(status, { location }, '');

/** The same reply with other headers: a wrong content type, a Retry-After. */
export const withHeaders =
  (headers: Record<string, string>, content: Content): Content =>
  (dialect, request) => {
    const reply = content(dialect, request);
    return { ...reply, headers: { ...reply.headers, ...headers } };
  };

/** The content as another dialect than the vendor's own says it. */
export const spokenIn =
  (dialect: Dialect, content: Content): Content =>
  (_, request) =>
    content(dialect, request);

const firstHalf = <T>(items: readonly T[]): T[] => items.slice(0, Math.ceil(items.length / 2));

function* forever(frames: readonly Buffer[]): Generator<Buffer> {
  yield* frames;
  const last = frames.slice(-1);
  while (true) yield* last;
}

/** The same JSON with a field more in every object. */
function embellished(value: object): object {
  const inside = (item: unknown): unknown => (typeof item === 'object' && item !== null ? embellished(item) : item);
  if (Array.isArray(value)) return value.map(inside);
  return Object.fromEntries([
    ...Object.entries(value).map(([key, item]) => [key, inside(item)]),
    ['weather', { forecast: 'sunny', degrees: [21, 22] }],
  ]);
}
