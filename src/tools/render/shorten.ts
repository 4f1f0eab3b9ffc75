import { widthOf } from '../../core/text.ts';

/** The largest number up to `most` of which `fits` is true, where it is true of all that are smaller. */
function largest(most: number, fits: (size: number) => boolean): number {
  let [low, high] = [0, Math.max(0, most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The longest beginning of a text that takes no more than `width`, in characters; at a line's end where one is near. */
export function beginningWithin(text: string, width: number): number {
  const most = largest(Math.min(text.length, width), (size) => widthOf(text.slice(0, size)) <= width);
  const line = text.lastIndexOf('\n', most - 1);
  const cut = most < text.length && line > most * 0.8 ? line + 1 : most;
  // Never between the halves of a character.
  return /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
}

/** Of what is shown, this share is the beginning; the rest is the end. */
const BEGINNING = 0.75;

/** Where the beginning ends and the end begins of a text that is shown by both. Offsets in characters. */
export function ends(text: string, width: number): { head: number; tail: number } {
  const head = beginningWithin(text, Math.floor(width * BEGINNING));
  const room = Math.floor(width * (1 - BEGINNING));
  const start = text.length - largest(Math.min(text.length - head, room), (size) => widthOf(text.slice(-size)) <= room);
  return { head, tail: /[\uDC00-\uDFFF]/.test(text.charAt(start)) ? start + 1 : start };
}

/** A text by its beginning and its end; as it is where it fits. */
export function shortened(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const { head, tail } = ends(text, width);
  return `${text.slice(0, head)}\n\n(… ${(tail - head).toLocaleString('en-US')} characters are left out here …)\n\n${text.slice(tail)}`;
}
