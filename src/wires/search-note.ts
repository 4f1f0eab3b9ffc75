import type { Note } from '../core/chat.ts';
import { shownWord } from './stops.ts';

/** Says that a search of the web failed at the vendor: `word` is the vendor's own for it. */
export function searchNote(word: string): Note {
  const shown = shownWord(word);
  return {
    param: 'web_search',
    asked: shown,
    sent: shown,
    why: 'a search failed at the provider, so the answer may lack what it would have found',
  };
}
