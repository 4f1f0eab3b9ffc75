import type { Note, Source } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import { arr, type Json, obj, str } from './read.ts';
import { searchNote } from './search-note.ts';
import { endOf } from './stops.ts';
import { StreamFault } from './stream-fault.ts';
import type { Delta } from './wire.ts';

/** Tells whether the output holds a refusal rather than an answer. */
const refuses = (response: unknown): boolean =>
  arr(obj(response)['output']).some((item) => arr(obj(item)['content']).some((piece) => obj(piece)['type'] === 'refusal'));

function page(raw: unknown): Source[] {
  const { url, title } = obj(raw);
  const address = str(url);
  return address === undefined ? [] : [{ url: address, ...defined({ title: str(title) }) }];
}

/** A page that the text cites. */
const cited = (raw: unknown): Source[] => (obj(raw)['type'] === 'url_citation' ? page(raw) : []);

/** The pages that an answer rests on: those that its text cites, or what was found, where the vendor tells that. */
const sourcesOf = (response: Json): Source[] =>
  arr(response['output'])
    .map(obj)
    .flatMap(({ type, results, content }) =>
      type === 'search_results'
        ? arr(results).flatMap(page)
        : arr(content).flatMap((piece) => arr(obj(piece)['annotations']).flatMap(cited)),
    );

/** Counts how often it searched, as against opening a page that it found; undefined where it did neither. */
function searchesOf(response: Json): number | undefined {
  const calls = arr(response['output'])
    .map(obj)
    .filter(({ type }) => type === 'web_search_call');
  const searches = calls.filter(({ action }) => (str(obj(action)['type']) ?? 'search') === 'search');
  return calls.length === 0 ? undefined : searches.length;
}

/** The states of a response that is none. */
const FAILED: ReadonlySet<unknown> = new Set(['failed', 'cancelled']);

/** Says why a response stopped: its own reason, or that it is not complete without one. */
function stopOf(response: Json): Pick<Delta, 'stop' | 'notes'> {
  if (refuses(response)) return { stop: 'refused' };
  const reason = str(obj(response['incomplete_details'])['reason']);
  return endOf(reason ?? (response['status'] === 'incomplete' ? 'incomplete' : 'completed'));
}

/** The searches of a response that failed: an answer that lacks them is another answer. */
const failedSearches = (response: Json): Note[] =>
  arr(response['output'])
    .map(obj)
    .filter(({ type, status }) => type === 'web_search_call' && status === 'failed')
    .slice(0, 1)
    .map(() => searchNote('failed'));

/** The end of a response: why it stopped, what it rests on, what it used, who served it. */
function ending(response: Json): Delta[] {
  const counts = response['usage'] ? obj(response['usage']) : undefined;
  if (FAILED.has(response['status']) || response['error']) throw new StreamFault(response['error'] ?? response, counts);
  const { stop, notes = [] } = stopOf(response);
  return [
    {
      sources: sourcesOf(response),
      notes: [...notes, ...failedSearches(response)],
      end: 'done',
      ...defined({ stop, model: str(response['model']), counts, searches: searchesOf(response) }),
    },
  ];
}

const PHASES: Readonly<Record<string, Delta['phase']>> = { commentary: 'commentary', final_answer: 'final' };

/** Says which message an event or an item belongs to: its place in the output, or its id where a vendor counts no places. */
const messageOf = (place: unknown, id: unknown): { message?: string } =>
  defined({ message: typeof place === 'number' ? String(place) : str(id) });

/** Reads an item of the output, where it is a message; another one stands between the texts before and after it. */
function itemOf({ output_index, item }: Json): Delta[] {
  const { type, id, phase } = obj(item);
  if (type === 'image_generation_call') return [{ other: 'an image', gap: true }];
  if (type === 'function_call' || type === 'custom_tool_call') return [{ other: 'a tool call', gap: true }];
  if (type !== 'message') return [{ gap: true }];
  return [defined({ ...messageOf(output_index, id), phase: PHASES[str(phase) ?? ''] })];
}

const textOf = (pieces: unknown): string | undefined =>
  str(
    arr(pieces)
      .map((piece) => str(obj(piece)['text']) ?? str(obj(piece)['refusal']) ?? '')
      .join(''),
  );

/** The text and the thinking of an item that has arrived whole, which its pieces have said before as a rule. */
function wholeItem(event: Json): Delta[] {
  const { type, id, content, summary } = obj(event['item']);
  const said =
    type === 'message'
      ? { text: textOf(content) }
      : { thinking: type === 'reasoning' ? (textOf(summary) ?? textOf(content)) : undefined };
  return [...itemOf(event), { ...messageOf(event['output_index'], id), ...defined(said), repeats: true }];
}

/** A response that came in one body, or that repeats at its end what it has said. */
const whole = (response: Json): Delta[] => [
  ...arr(response['output']).flatMap((item, output_index) => wholeItem({ output_index, item })),
  ...ending(response),
];

const said = (event: Json): Delta => ({
  ...defined({ text: str(event['delta']) }),
  ...messageOf(event['output_index'], event['item_id']),
});

const thought = ({ delta }: Json): Delta[] => [defined({ thinking: str(delta) })];
const end = ({ response }: Json): Delta[] => whole(obj(response));

/** The end of the stream where no response is at its end, as the reader of events writes it. */
export const END = 'switchboard.end';

const EVENTS: Record<string, (event: Json) => readonly Delta[]> = {
  'response.output_item.added': itemOf,
  'response.output_item.done': wholeItem,
  'response.output_text.delta': (event) => [said(event)],
  'response.output_text.done': ({ text, output_index, item_id }) => [
    { ...defined({ text: str(text) }), ...messageOf(output_index, item_id), repeats: true },
  ],
  'response.output_text.annotation.added': ({ annotation }) => [{ sources: cited(annotation) }],
  'response.refusal.delta': (event) => [{ ...said(event), refused: true }],
  'response.reasoning_summary_text.delta': thought,
  'response.reasoning_text.delta': thought,
  'response.completed': end,
  'response.done': end,
  'response.incomplete': end,
  'response.failed': end,
  'response.cancelled': end,
  error: (event) => {
    throw new StreamFault(event['error'] ?? event);
  },
  [END]: () => [{ end: 'done' }],
};

/** Reads one event, in order. Throws `StreamFault` for a response that failed. */
export function decode(raw: unknown): readonly Delta[] {
  const event = obj(raw);
  if (event['object'] === 'response') return whole(event);
  return EVENTS[str(event['type']) ?? '']?.(event) ?? [];
}
