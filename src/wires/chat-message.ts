import { defined } from '../core/defined.ts';
import { arr, type Json, obj, str } from './read.ts';
import type { Delta } from './wire.ts';

/** The fields in which vendors put thinking, in the order in which they count: several of one message say the same. */
const THOUGHTS = ['reasoning_content', 'reasoning', 'thinking', 'reasoning_text', 'thought'];

const textIn = (raw: unknown): string => str(obj(raw)['text']) ?? str(obj(raw)['summary']) ?? '';

function thoughtIn(message: Json): string | undefined {
  const told = THOUGHTS.map((name) => str(message[name]) ?? str(textIn(message[name]))).find((words) => words !== undefined);
  return told ?? str(arr(message['reasoning_details']).map(textIn).join(''));
}

/** Parts of a message that are no text, as a reader calls them. */
const OTHERS: Readonly<Record<string, string>> = {
  image_url: 'an image',
  image: 'an image',
  output_image: 'an image',
  audio: 'audio',
  input_audio: 'audio',
};

/** One part of a message that is a list of parts. Mistral sends such lists; a reference stands within a sentence. */
function part(raw: unknown): Delta {
  const piece = obj(raw);
  const type = str(piece['type']) ?? 'text';
  const other = OTHERS[type];
  if (other !== undefined) return { other, gap: true };
  if (type === 'thinking') return defined({ thinking: str(arr(piece['thinking']).map(textIn).join('')) });
  return defined({ text: type === 'text' || type === 'output_text' ? str(piece['text']) : undefined });
}

/** Finds what came in a message that is no text, as far as it is known. */
function others(message: Json): Delta[] {
  const images = arr(message['images']).length > 0 ? [{ other: 'an image', gap: true }] : [];
  const audio = Object.keys(obj(message['audio'])).length > 0 ? [{ other: 'audio', gap: true }] : [];
  const called = arr(message['tool_calls']).length > 0 || Object.keys(obj(message['function_call'])).length > 0;
  const ran = arr(message['executed_tools']).length > 0;
  return [...images, ...audio, ...(called ? [{ other: 'a tool call', gap: true }] : []), ...(ran ? [{ gap: true }] : [])];
}

/** Everything that a `delta` or a `message` says: thinking, text, and what is neither. */
export function spoken(message: Json): Delta[] {
  const { content, refusal, audio } = message;
  const thinking = thoughtIn(message);
  const words = str(content) ?? str(obj(audio)['transcript']);
  const refused = str(refusal);
  return [
    ...(thinking === undefined ? [] : [{ thinking }]),
    ...(words === undefined ? arr(content).map(part) : [{ text: words }]),
    ...(refused === undefined ? [] : [{ text: refused, refused: true }]),
    ...others(message),
  ];
}
