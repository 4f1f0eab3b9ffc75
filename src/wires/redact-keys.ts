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

/** A delta without keys in what is not text. */
function withoutKeysBeside({ sources, model, notes, ...delta }: Delta, forms: readonly string[]): Delta {
  return {
    ...delta,
    ...defined({
      sources: sources?.map((source) => cleanSource(source, forms)),
      model: model === undefined ? undefined : withoutKeys(model, forms),
      notes: notes?.map(({ asked, sent, ...note }) => ({
        ...note,
        asked: withoutKeys(asked, forms),
        sent: sent === null ? null : withoutKeys(sent, forms),
      })),
    }),
  };
}

/** Text that comes whole: what a key may have left at its end is all that there is of it. */
const wholeText = (text: string | undefined, forms: readonly string[]): string | undefined =>
  text === undefined ? undefined : withoutCutKey(withoutKeys(text, forms), forms);

const said = (delta: Delta): Delta[] => (delta.text || delta.thinking ? [delta] : []);

/**
 * What has been held back of text and thinking. It is let go of before anything that ends the piece it belongs to: the last word
 * of the protocol, something between two texts, another message.
 */
function createHeld(forms: readonly string[]) {
  const [text, thinking] = [new Redactor(forms), new Redactor(forms)];
  let message: string | undefined;
  const heldText = (): Delta[] => said({ text: text.end(), ...defined({ message }) });
  const heldThinking = (): Delta[] => said({ thinking: thinking.end() });
  const rest = (): Delta[] => [...heldThinking(), ...heldText()];
  return {
    rest,
    before(delta: Delta): Delta[] {
      if (delta.gap || delta.phase || delta.end) return rest();
      const endsText = delta.thinking || (delta.text && delta.message !== message);
      return [...(delta.text ? heldThinking() : []), ...(endsText ? heldText() : [])];
    },
    next(delta: Delta): Delta {
      if (delta.text !== undefined) ({ message } = delta);
      return {
        ...delta,
        ...defined({
          text: delta.text === undefined ? undefined : text.next(delta.text),
          thinking: delta.thinking === undefined ? undefined : thinking.next(delta.thinking),
        }),
      };
    },
  };
}

/**
 * Passes the pieces of an answer on without the keys that the request was sent with: a gateway may echo them. It does so in all
 * that a piece says, also where a key comes in several pieces or is cut. Nothing that is said is lost: whoever listens may leave
 * after the last word.
 */
export async function* redactKeys(deltas: AsyncIterable<Delta>, secrets: readonly Secret[]): AsyncGenerator<Delta, void> {
  const forms = keyForms(secrets);
  const held = createHeld(forms);
  try {
    for await (const raw of deltas) {
      const delta = withoutKeysBeside(raw, forms);
      if (delta.repeats) {
        yield { ...delta, ...defined({ text: wholeText(delta.text, forms), thinking: wholeText(delta.thinking, forms) }) };
      } else {
        yield* held.before(delta);
        yield held.next(delta);
      }
    }
  } catch (error) {
    yield* held.rest();
    throw error;
  }
  yield* held.rest();
}
