import type { Source, Usage } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { Failure, failureIn } from '../core/errors.ts';
import { servedId } from '../core/served.ts';
import { clip, list, oneLine } from '../core/text.ts';
import type { Counts } from './counts.ts';
import { createReading, type Reading } from './reading.ts';
import { StreamFault } from './stream-fault.ts';
import type { Delta, Heard, Reply } from './wire.ts';

/** As many sources are kept, and so much of a title and of an address in characters: they are words from the web. */
const MOST_SOURCES = 20;
const MAX_TITLE = 200;
const MAX_ADDRESS = 2000;

/** Each page once, in the order in which they were named; what is no address of a page is left out. */
function distinct(sources: readonly Source[]): Source[] {
  const byUrl = new Map<string, Source>();
  for (const { url, title } of sources) {
    if (byUrl.size >= MOST_SOURCES && !byUrl.has(url)) continue;
    if (url.length > MAX_ADDRESS || !/^https?:\/\/[^\s<>"]+$/.test(url)) continue;
    const named = title === undefined ? byUrl.get(url)?.title : clip(oneLine(title), MAX_TITLE);
    byUrl.set(url, { url, ...(named === undefined ? {} : { title: named }) });
  }
  return [...byUrl.values()];
}

/** Advice for where a limit or thinking ate an answer, and nowhere else. */
const MORE_ROOM = 'raise max_tokens or lower reasoning_effort';

/** Returns the failure of an answer without text: it says what came instead. */
function emptied(title: string, reading: Reading): Failure {
  const [{ thinking }, usage, { others, notes }] = [reading.said(), reading.usage(), reading.facts()];
  const stop = reading.stop();
  const empty = (what: string, advice?: string) =>
    new Failure('empty', `${title} ${what}`, { usage, notes, ...defined({ advice }) });
  if (stop === 'refused') return new Failure('refused', `${title} refused to answer this request`, { usage, notes });
  const thought = thinking !== '' || (usage.thinking ?? 0) > 0;
  if (stop === 'length') {
    const spent = 'spent all of its output tokens on thinking and gave no answer';
    return empty(thought ? spent : 'reached the output limit before it said anything', MORE_ROOM);
  }
  if (others.length > 0)
    return empty(`answered with ${list([...new Set(others)])} and no text`, 'ask for text, or name another model');
  return empty(thought ? 'sent only thinking and no answer' : 'answered with no text');
}

/** The speaker, who else hears it, and what it means that the stream ended as it did. */
export type Listening = {
  title: string;
  onHeard?: ((heard: Heard) => void) | undefined;
  /** Told of each delta once it is read, with whether the model has stopped by then. */
  onRead?: (delta: Delta, reading: Reading) => void;
  /** Makes an authored failure of whatever was thrown. */
  blame: (error: unknown) => Failure;
  /** Usage in our terms. */
  usageOf: (counts: Counts) => Usage;
};

/** Failures that make no answer of what had come, although the model had stopped by then: the caller or the vendor took it back. */
const WITHDRAWN: ReadonlySet<Failure['kind']> = new Set(['cancelled', 'refused']);

/** Everything that a stream says up to its end. Throws what `blame` makes of a stream that broke off before. */
async function readAll(deltas: AsyncIterable<Delta>, reading: Reading, listening: Listening) {
  const { title, onHeard, onRead, blame, usageOf } = listening;
  const counted = (counts: Counts | undefined) => (counts === undefined ? {} : { usage: usageOf(counts) });
  try {
    for await (const delta of deltas) {
      const isKnown = delta.repeats && reading.hasText();
      reading.add(delta);
      onHeard?.({ ...(isKnown ? {} : defined({ text: delta.text, thinking: delta.thinking })), ...counted(delta.counts) });
      onRead?.(delta, reading);
      if (reading.isDone()) return;
    }
  } catch (error) {
    if (error instanceof StreamFault && error.counts) {
      reading.add({ counts: error.counts });
      onHeard?.(counted(error.counts));
    }
    const failure = blame(error);
    // Silence or a broken connection after the end of an answer takes nothing from it.
    if (reading.stop() === undefined || WITHDRAWN.has(failure.kind)) throw failure;
  }
  if (reading.stop() === undefined) throw blame(new Failure('upstream', `${title} broke off before the answer was finished`));
}

/**
 * Adds the pieces of a stream up to a whole answer. Throws `upstream` when the stream ended before it was finished, `empty` or
 * `refused` when it finished without text (an answer with no text is no answer), and what `blame` makes of all else. No matter
 * who ended the stream, the failure says what the vendor had counted by then, because it was billed, and what had been said.
 */
export async function collect(deltas: AsyncIterable<Delta>, listening: Listening): Promise<Reply> {
  const reading = createReading(listening.usageOf);
  try {
    await readAll(deltas, reading, listening);
  } catch (error) {
    throw (failureIn(error) ?? listening.blame(error)).with({ usage: reading.usage(), partial: reading.said().text });
  }
  const { text, thinking } = reading.said();
  if (text.trim() === '') throw emptied(listening.title, reading);
  const { model, notes, ...facts } = reading.facts();
  const sources = distinct(facts.sources);
  const left = [...new Set(facts.others)];
  return {
    text,
    stop: reading.stop() ?? 'end',
    usage: reading.usage(),
    ...(thinking === '' ? {} : { thinking }),
    ...(sources.length === 0 ? {} : { sources }),
    ...defined({ model: model === undefined ? undefined : servedId(model) }),
    notes: [...notes, ...left.map((what) => ({ param: 'answer', asked: what, sent: null, why: 'only text is passed on' }))],
  };
}
