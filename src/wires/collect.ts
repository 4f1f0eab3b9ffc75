import type { Source, Usage } from '../core/chat.ts';
import { Failure } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';
import { StreamFault } from './stream-fault.ts';
import type { Delta, Reply } from './wire.ts';

const OPEN = '<think>';
const CLOSE = '</think>';

/** Some servers put thinking in front of the answer as `<think>…</think>` (DeepSeek's chat template and its heirs). */
function splitThinking(text: string): { text: string; thinking: string } {
  const start = text.trimStart();
  if (!start.startsWith(OPEN)) return { text, thinking: '' };
  const end = start.indexOf(CLOSE);
  if (end === -1) return { text: '', thinking: start.slice(OPEN.length) };
  return { thinking: start.slice(OPEN.length, end).trim(), text: start.slice(end + CLOSE.length).trimStart() };
}

/** As many sources are kept, and so much of a title in characters: they are words from the web. */
const MOST_SOURCES = 20;
const MAX_TITLE = 200;

/** Each page once, in the order in which they were named; what is no address of a page is left out. */
function distinct(sources: readonly Source[]): Source[] {
  const byUrl = new Map<string, Source>();
  for (const { url, title } of sources) {
    if (byUrl.size >= MOST_SOURCES) break;
    if (!/^https?:\/\/[^\s<>"]+$/.test(url)) continue;
    const named = title === undefined ? byUrl.get(url)?.title : clip(oneLine(title), MAX_TITLE);
    byUrl.set(url, { url, ...(named === undefined ? {} : { title: named }) });
  }
  return [...byUrl.values()];
}

/** Output includes thinking: who reports more thinking than output has counted the two apart. */
function whole(usage: Usage): Usage {
  const { output, thinking = 0 } = usage;
  return output !== undefined && thinking > output ? { ...usage, output: output + thinking } : usage;
}

const emptied = (title: string, thought: boolean, { stop, usage }: Pick<Reply, 'stop' | 'usage'>): Failure => {
  const said =
    stop === 'length' && (thought || usage.thinking)
      ? 'spent all of its output tokens on thinking and gave no answer'
      : 'answered with no text';
  return stop === 'refused'
    ? new Failure('refused', `${title} refused to answer this request`, { usage })
    : new Failure('empty', `${title} ${said}`, { usage });
};

/** Who is speaking, who else hears it, and what it means that the stream ended as it did. */
export type Listening = {
  title: string;
  onDelta?: ((delta: Delta) => void) | undefined;
  /** What failed, authored, whatever was thrown. */
  blame: (error: unknown) => Failure;
};

/**
 * Adds the pieces of a stream up to a whole answer. Throws `upstream` when the stream ended before it was finished, `empty` or
 * `refused` when it finished without text (an answer with no text is no answer), and what `blame` makes of all else. Whoever
 * ended the stream, the failure says what the vendor had counted by then: it was billed.
 */
export async function collect(deltas: AsyncIterable<Delta>, { title, onDelta, blame }: Listening): Promise<Omit<Reply, 'notes'>> {
  const texts: string[] = [];
  const thoughts: string[] = [];
  const found: Source[] = [];
  let usage: Usage = {};
  let stop: Delta['stop'];
  let model: string | undefined;
  let refused = false;
  try {
    for await (const delta of deltas) {
      if (delta.text) texts.push(delta.text);
      if (delta.thinking) thoughts.push(delta.thinking);
      if (delta.sources) found.push(...delta.sources);
      // Vendors report in parts (Anthropic) or again and again (Google): the latest word on each number counts.
      if (delta.usage) usage = { ...usage, ...delta.usage };
      stop = delta.stop ?? stop;
      refused ||= delta.refused ?? false;
      model = delta.model ?? model;
      onDelta?.(delta);
    }
  } catch (error) {
    const last = error instanceof StreamFault ? error.usage : undefined;
    if (last !== undefined) onDelta?.({ usage: last });
    throw blame(error).with({ usage: whole({ ...usage, ...last }) });
  }
  usage = whole(usage);
  if (stop === undefined)
    throw blame(new Failure('upstream', `${title} broke off before the answer was finished`)).with({ usage });
  if (refused) stop = 'refused';
  const split = splitThinking(texts.join(''));
  const thinking = thoughts.join('') + split.thinking;
  if (split.text.trim() === '') throw emptied(title, thinking !== '', { stop, usage });
  const sources = distinct(found);
  return {
    text: split.text,
    stop,
    usage,
    ...(thinking === '' ? {} : { thinking }),
    ...(sources.length === 0 ? {} : { sources }),
    ...(model === undefined ? {} : { model }),
  };
}
