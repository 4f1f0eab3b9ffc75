import { Failure } from '../core/errors.ts';

/** What may be wrong with a body while it arrives; `title` is who sends it. */
export type BodyRules = {
  title: string;
  /** Called as each chunk arrives, before it is passed on. */
  onChunk: () => void;
  maxBytes: number;
  /** It is an event stream in text, whose lines end. */
  lines: boolean;
  /** What happens at the limit: an answer is refused, an error is read no further. */
  beyond: 'refuse' | 'stop';
  /** Turns what the socket throws into an authored failure. */
  toFailure: (error: unknown) => Failure;
};

/** The longest line of an event stream, in bytes: the SDKs search a growing line again with every chunk, in quadratic time. */
const MAX_LINE_BYTES = 4 * 1_048_576;

const NEWLINE = 10;

const endless = ({ title }: BodyRules): Failure =>
  new Failure('upstream', `${title} sent a line without an end, so it was cut off`);

const tooBig = ({ title, maxBytes }: BodyRules): Failure =>
  new Failure(
    'upstream',
    `${title} sent more than ${Math.round(maxBytes / 1_048_576)} MB, which no answer needs, so it was cut off`,
  );

async function* guarded(body: AsyncIterable<Uint8Array>, rules: BodyRules): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  let line = 0;
  try {
    for await (const chunk of body) {
      rules.onChunk();
      bytes += chunk.byteLength;
      if (bytes > rules.maxBytes && rules.beyond === 'stop') return;
      if (bytes > rules.maxBytes) throw tooBig(rules);
      const newline = chunk.lastIndexOf(NEWLINE);
      line = newline === -1 ? line + chunk.byteLength : chunk.byteLength - newline - 1;
      if (rules.lines && line > MAX_LINE_BYTES) throw endless(rules);
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
