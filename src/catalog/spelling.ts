import { Failure } from '../core/errors.ts';
import { clip, oneLine } from '../core/text.ts';

/** How a provider's ids may be written. */
export type IdForm = {
  /** They are a part of the request's address, where `%2D` is a hyphen and `./` is nothing. */
  inPath?: boolean;
  /** What may stand before an id and means the same model: `models/` is where Google's API keeps them. */
  prefix?: RegExp;
  /** What is no model: other things of the API that its address would reach as well. */
  foreign?: RegExp;
};

/** The ids of models that an address can hold, once nothing in it stands for something else. */
const PLAIN = /^[\w.:@+-]+(?:\/[\w.:@+-]+)*$/;

const shown = (text: string): string => `"${clip(oneLine(text), 80)}"`;

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** An id as an address means it: decoded, without empty names and without names that mean the folder itself. */
function inAddress(id: string): string {
  const names = decoded(id).split('/');
  return names.filter((name) => name !== '' && name !== '.').join('/');
}

/**
 * A model's id in the one spelling by which rules, prices and budgets know it. Whoever finds another spelling that the vendor
 * takes for the same model would pass all of them. Throws an `input` failure for what is no id there.
 */
export function spellId(written: string, { inPath = false, prefix, foreign }: IdForm = {}): string {
  const id = written.trim().replace(/[/\s]+$/, '');
  const whole = inPath ? inAddress(id) : id;
  const model = prefix === undefined ? whole : whole.replace(prefix, '');
  if (!inPath) return model;
  if (PLAIN.test(model) && !model.split('/').includes('..') && !foreign?.test(model)) return model;
  throw new Failure(
    'input',
    `${shown(written)} is no id of a model there: write it as list_models shows it, in letters, digits and ".-_:@".`,
  );
}
