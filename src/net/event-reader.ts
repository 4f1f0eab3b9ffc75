import { Failure } from '../core/errors.ts';
import { parseAnyJson } from '../core/parse-json.ts';
import { faultIn, faultOf, isAnswer, withoutWrapper } from './dress.ts';

/** The form in which the events of a vendor are handed to a wire's SDK. */
export type Framing = {
  /** The SDK passes over events without a name. */
  named: boolean;
  /** Data of the event that says that the vendor has ended, in whatever way it said so. */
  end: string;
};

/** Turns what was no event into a failure: an error object, or words where there was no JSON at all. */
export type Judge = { fault: (body: unknown) => Failure; unreadable: (text: string) => Failure };

/** `[DONE]`, in the ways in which servers write it. */
const DONE = /^"?\[done\]"?$/i;

/** A line of an event: a field and its value. Anything else is no part of an event stream. */
const FIELD = /^\s*(data|event|id|retry)(?:$|:\s?)/i;

/** The most characters of a text that is neither events nor JSON: a web page, say. Nobody has to read more of it. */
const MOST_STRAY = 1_048_576;

/** A value as it is to be passed on: `text` is how it came, where it is passed on as it came. */
type Came = { value: unknown; text?: string };

const bare = (value: unknown): Came => ({ value: withoutWrapper(value) });

/** The JSON values of a text: one, the entries of a list, or one a line; undefined: it is no JSON. */
function valuesIn(text: string): Came[] | undefined {
  const whole = parseAnyJson(text);
  if (Array.isArray(whole)) return whole.map(bare);
  // It is not written anew, because it may be nested deeper than can be written.
  if (whole !== undefined) return withoutWrapper(whole) === whole ? [{ value: whole, text }] : [bare(whole)];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map(parseAnyJson);
  return lines.length < 2 || values.includes(undefined) ? undefined : values.map(bare);
}

function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // It is nested deeper than anything that a model answers.
    throw new Failure('upstream', 'The provider sent JSON that is nested too deep to be read', {
      cause: error,
      shouldRetry: false,
    });
  }
}

/** Lines out of a text that arrives in pieces, whatever they end with. */
function lineReader(): { lines: (piece: string) => string[]; rest: () => string } {
  let open: string[] = [];
  let afterReturn = false;
  return {
    lines(piece) {
      const text = afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
      if (piece !== '') afterReturn = piece.endsWith('\r');
      const lines = text.split(/\r\n|\n|\r/);
      const last = lines.pop() ?? '';
      if (lines.length > 0) {
        // Pieces are joined once a line, because a line may come byte by byte.
        lines[0] = open.join('') + (lines[0] ?? '');
        open = [];
      }
      if (last !== '') open.push(last);
      return lines;
    },
    rest: () => open.join(''),
  };
}

/** Collects the lines of a stream that were no event. Throws once they are too long to be anything but a page. */
function createStray(judge: Judge): { keep: (line: string) => void; text: () => string } {
  const lines: string[] = [];
  let length = 0;
  return {
    keep(line) {
      length += line.length;
      lines.push(line);
      if (length > MOST_STRAY && !/^\s*[[{]/.test(lines[0] ?? '')) throw judge.unreadable(lines.join('\n'));
    },
    text: () => lines.join('\n').trim(),
  };
}

/** The events of one stream, written anew as its SDK wants them. */
function createWriter({ named, end }: Framing, judge: Judge) {
  let data: string[] = [];
  let name = '';
  const stray = createStray(judge);
  let passed = 0;
  let ended = false;

  const event = (text: string, called: string): string => {
    passed += 1;
    return `${named ? `event: ${called || 'message'}\n` : ''}data: ${text}\n\n`;
  };
  const ending = (): string => {
    ended = true;
    return event(end, 'message');
  };
  /** An event that tells of an error, in a form that its SDK takes for one. */
  const failing = (text: string): string => {
    const body = parseAnyJson(text) ?? { message: text };
    const isPlain = named ? parseAnyJson(text) !== undefined : Object.hasOwn(Object(body), 'error');
    return event(isPlain ? text : written({ error: body }), 'error');
  };
  /** Ends the event that is open. */
  const close = (): string => {
    const text = data.join(' ').trim();
    const called = name;
    [data, name] = [[], ''];
    if (text === '') return '';
    if (DONE.test(text)) return ending();
    if (called.toLowerCase() === 'error') return failing(text);
    if (/^[[{]/.test(text)) return event(text, called);
    // Words that are no event may be all that is ever said.
    stray.keep(text);
    return '';
  };

  return {
    line(line: string): string {
      if (ended) return '';
      if (line.trim() === '') return close();
      if (line.startsWith(':')) return '';
      const field = FIELD.exec(line);
      if (field === null) {
        stray.keep(line);
        return '';
      }
      const value = line.slice(field[0].length);
      if (field[1]?.toLowerCase() === 'event') name = value.trim();
      if (field[1]?.toLowerCase() !== 'data') return '';
      // Some servers leave out the blank line between two events.
      const whole = data.length > 0 && /^(?:\{|\[done)/i.test(value.trim()) && data.at(-1)?.trimEnd().endsWith('}');
      const before = whole ? close() : '';
      data.push(value);
      return before;
    },
    /** Ends the stream: what was begun counts if it is whole, and what was no event is looked at. */
    finish(): string {
      if (ended) return '';
      const open = data.join(' ').trim();
      const last = DONE.test(open) || parseAnyJson(open) !== undefined ? close() : '';
      const text = stray.text();
      if (ended || text === '') return last;
      const values = valuesIn(text);
      const judged = passed === 0 ? faultOf : faultIn;
      const fault = values?.map(({ value }) => judged(value)).find((one) => one !== undefined);
      if (fault !== undefined) throw judge.fault(fault);
      if (passed > 0) return last;
      if (values === undefined) throw judge.unreadable(text);
      // A line break in JSON that was read stands between its parts.
      const events = values.map((came) => event(came.text?.replaceAll(/[\r\n]+/g, ' ') ?? written(came.value), 'message'));
      return [...events, ...(values.some(({ value }) => isAnswer(value)) ? [ending()] : [])].join('');
    },
  };
}

/**
 * Reads a body as an event stream, however loosely it is written, and writes the events strictly: one line of JSON each, a
 * name where the SDK wants one, nothing that is no event. A body that is JSON becomes the events of a stream; an error in
 * either is thrown as a `Failure`.
 */
export function eventReader(framing: Framing, judge: Judge): TransformStream<Uint8Array, Uint8Array> {
  const bytes = new TextDecoder();
  const text = new TextEncoder();
  const { lines, rest } = lineReader();
  const writer = createWriter(framing, judge);
  const send = (out: string, controller: TransformStreamDefaultController<Uint8Array>): void => {
    if (out !== '') controller.enqueue(text.encode(out));
  };
  return new TransformStream({
    transform: (chunk, controller) =>
      send(
        lines(bytes.decode(chunk, { stream: true }))
          .map((line) => writer.line(line))
          .join(''),
        controller,
      ),
    flush(controller) {
      const last = lines(bytes.decode()).concat(rest());
      send(last.map((line) => writer.line(line)).join('') + writer.finish(), controller);
    },
  });
}
