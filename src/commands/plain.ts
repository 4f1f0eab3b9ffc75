import { stripVTControlCharacters } from 'node:util';

/** Control signs but line feed and tab, and the signs that turn the direction of a text. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Returns a text that can be shown on a terminal. Answers and names come from others: a sequence in
 * them could set the window's title, write to the clipboard, move the cursor or reverse the text.
 */
export const toPlain = (text: string): string => stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replaceAll(UNSEEN, '');
