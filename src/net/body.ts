import { Failure } from '../core/errors.ts';

/** What may be wrong with a body while it arrives; `title` is who sends it. */
export type BodyRules = {
  title: string;
  /** Called as each chunk arrives, before it is passed on. */
  onChunk: () => void;
  maxBytes: number;
  /** It is an event stream in text, whose events end. */
  events: boolean;
  /** What happens at the limit: an answer is refused, an error is read no further. */
  beyond: 'refuse' | 'stop';
  /** Turns what the socket throws into an authored failure. */
  toFailure: (error: unknown) => Failure;
};

/** The longest event of a stream, in bytes: the SDKs search a growing one again with every chunk, in quadratic time. */
const MAX_EVENT_BYTES = 4 * 1_048_576;

const endless = ({ title }: BodyRules): Failure =>
  new Failure('upstream', `${title} sent an event without an end, so it was cut off`, { shouldRetry: false });

/** The blank lines that end an event, as bytes may spell them. */
const ENDS = ['\n\n', '\r\n\r\n', '\r\r'];

/** How many bytes of an unfinished event there are after each chunk. */
function eventMeter(): (chunk: Uint8Array) => number {
  let open = 0;
  let tail = Buffer.alloc(0);
  return (chunk) => {
    const seen = Buffer.concat([tail, chunk]);
    const end = Math.max(...ENDS.map((mark) => seen.lastIndexOf(mark)));
    open = end === -1 ? open + chunk.byteLength : seen.byteLength - end;
    // As much as a mark that is cut in two may need.
    tail = Buffer.from(seen.subarray(-3));
    return open;
  };
}

const tooBig = ({ title, maxBytes }: BodyRules): Failure =>
  new Failure(
    'upstream',
    `${title} sent more than ${Math.round(maxBytes / 1_048_576)} MB, which no answer needs, so it was cut off`,
    { shouldRetry: false },
  );

async function* guarded(body: AsyncIterable<Uint8Array>, rules: BodyRules): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  const openEvent = eventMeter();
  try {
    for await (const chunk of body) {
      rules.onChunk();
      bytes += chunk.byteLength;
      if (bytes > rules.maxBytes && rules.beyond === 'stop') return;
      if (bytes > rules.maxBytes) throw tooBig(rules);
      if (rules.events && openEvent(chunk) > MAX_EVENT_BYTES) throw endless(rules);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Failure ? error : rules.toFailure(error);
  }
}

/** `body` as a web stream that keeps the rules: it errors with a `Failure` and ends the socket when its reader leaves. */
export function guardBody(body: AsyncIterable<Uint8Array>, rules: BodyRules, done: () => void): ReadableStream<Uint8Array> {
  const chunks = guarded(body, rules);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done: ended } = await chunks.next();
        if (!ended) return controller.enqueue(value);
        done();
        controller.close();
      } catch (error) {
        done();
        controller.error(error);
      }
    },
    async cancel() {
      done();
      await chunks.return();
    },
  });
}

/** The whole of a body as text. Throws what the body's rules throw. */
export async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(body).text();
}
