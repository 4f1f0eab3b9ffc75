import type { Note, Source } from '../core/chat.ts';
import { defined } from '../core/defined.ts';
import type { Failure } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { keyForms, withoutCutKey, withoutKeys } from '../net/key-forms.ts';
import type { Reply } from './wire.ts';

type Clean = (text: string) => string;

const cleanSource = ({ url, title }: Source, clean: Clean): Source => ({
  url: clean(url),
  ...defined({ title: title === undefined ? undefined : clean(title) }),
});

const cleanNote = ({ param, asked, sent, why }: Note, clean: Clean): Note => ({
  param: clean(param),
  asked: clean(asked),
  sent: sent === null ? null : clean(sent),
  why: clean(why),
});

/**
 * Replaces the keys that a request was sent with in all that its answer says: a gateway may echo them. The answer is whole by
 * then, so a key is found in whatever pieces it came; one that is cut at the end is replaced too.
 */
export function redactReply(reply: Reply, secrets: readonly Secret[]): Reply {
  const forms = keyForms(secrets);
  if (forms.length === 0) return reply;
  const clean: Clean = (text) => withoutKeys(text, forms);
  const { thinking, sources, model } = reply;
  return {
    ...reply,
    text: withoutCutKey(clean(reply.text), forms),
    notes: reply.notes.map((note) => cleanNote(note, clean)),
    ...defined({
      thinking: thinking === undefined ? undefined : withoutCutKey(clean(thinking), forms),
      sources: sources?.map((source) => cleanSource(source, clean)),
      model: model === undefined ? undefined : clean(model),
    }),
  };
}

/** Does the same with what a failure keeps of an answer that broke off. */
export function redactFailure(failure: Failure, secrets: readonly Secret[]): Failure {
  const { partial } = failure.facts;
  const forms = keyForms(secrets);
  return partial === undefined ? failure : failure.with({ partial: withoutCutKey(withoutKeys(partial, forms), forms) });
}
