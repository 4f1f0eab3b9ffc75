import type { Source } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import type { Secret } from '../core/secret.ts';
import { keyForms, unfinished, withoutCutKey, withoutKeys } from '../net/key-forms.ts';
import type { Delta } from './wire.ts';

/** Replaces keys in a text that comes in pieces: the end of a piece is held back while it may begin a key. */
class Redactor {
  readonly #forms: readonly string[];
  #held = '';

  constructor(forms: readonly string[]) {
    this.#forms = forms;
  }

  next(piece: string): string {
    const text = withoutKeys(this.#held + piece, this.#forms);
    const ready = text.length - unfinished(text, this.#forms);
    this.#held = text.slice(ready);
    return text.slice(0, ready);
  }

  end(): string {
    const rest = withoutCutKey(this.#held, this.#forms);
    this.#held = '';
    return rest;
  }
}

const cleanSource = ({ url, title }: Source, forms: readonly string[]): Source => ({
  url: withoutKeys(url, forms),
  ...(title === undefined ? {} : { title: withoutKeys(title, forms) }),
});

/**
 * Passes the pieces of an answer on without the keys that the request was sent with: a gateway may echo them. It does so in all
 * that a piece says, also where a key comes in several pieces or is cut.
 */
export async function* redactKeys(deltas: AsyncIterable<Delta>, secrets: readonly Secret[]): AsyncGenerator<Delta, void> {
  const forms = keyForms(secrets);
  const [text, thinking] = [new Redactor(forms), new Redactor(forms)];
  const rest = (): Delta[] => {
    const last = { text: text.end(), thinking: thinking.end() };
    return last.text === '' && last.thinking === '' ? [] : [last];
  };
  try {
    for await (const delta of deltas) {
      yield {
        ...delta,
        ...defined({
          text: delta.text === undefined ? undefined : text.next(delta.text),
          thinking: delta.thinking === undefined ? undefined : thinking.next(delta.thinking),
          sources: delta.sources?.map((source) => cleanSource(source, forms)),
          model: delta.model === undefined ? undefined : withoutKeys(delta.model, forms),
        }),
      };
    }
  } catch (error) {
    yield* rest();
    throw error;
  }
  yield* rest();
}
