import type { Note } from '../../core/chat.ts';
import type { Entry } from '../../ledger/journal.ts';
import type { Settling } from '../../ledger/purse.ts';
import { type Books, troubleOf } from './books.ts';

/** Writes the journal, and keeps what could not be written until it can be: the file may be locked for a moment. */
export type Scribe = {
  /** Writes an entry now or later; says so when it is later, or when nothing can be kept at all. */
  write: (entry: Entry, about?: Settling) => Promise<Note[]>;
  /** Tries once more to write what is left; how many entries still are. */
  flush: () => Promise<number>;
};

const unkept = (why: string): Note[] => [{ param: 'record of this call', asked: 'in the ledger', sent: null, why }];

const AGAIN = '; it is tried again at the next call';

export function createScribe(books: () => Promise<Books>): Scribe {
  let unwritten: { entry: Entry; about: Settling }[] = [];
  let told: string | undefined;

  /** Says once that a ledger was removed or replaced. */
  function goneNote({ name, gone }: Books): Note[] {
    if (gone === undefined || gone === told) return [];
    told = gone;
    return [{ param: 'ledger', asked: name, sent: name, why: gone }];
  }

  async function flush(): Promise<number> {
    const { ledger } = await books();
    const left = unwritten;
    unwritten = [];
    for (const one of left) {
      try {
        ledger.purse.settle(one.entry, one.about);
      } catch {
        unwritten.push(one);
      }
    }
    return unwritten.length;
  }

  return {
    flush,
    async write(entry, about = {}) {
      await flush();
      const open = await books();
      const { ledger, name, trouble } = open;
      try {
        ledger.purse.settle(entry, about);
        return [...goneNote(open), ...(trouble === undefined ? [] : unkept(`${name} ${trouble}${AGAIN}`))];
      } catch (error) {
        unwritten.push({ entry, about });
        return [...goneNote(open), ...unkept(`the ledger ${troubleOf(error)}${AGAIN}`)];
      }
    },
  };
}
