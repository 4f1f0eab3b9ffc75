import { Failure } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { clip, oneLine } from '../core/text.ts';
import { DIALECTS, wrongWithGlob } from '../glob/dialects.ts';
import type { Provider } from '../providers/define.ts';
import { idPrefixOf } from '../wires/model-ids.ts';
import { keyText } from './complaint.ts';
import type { Parsed } from './file.ts';

/** What a pattern over `provider/model` is understood by. */
export type Named = {
  rows: readonly Pick<Provider, 'id' | 'aliases' | 'wire' | 'idPrefix'>[];
  /** The user's own short names: what each stands for. */
  short: Readonly<Record<string, string>>;
};

/** Where a pattern stops being a plain text. */
const SPECIAL = /[*?[\]{}!\\]|[+@]?\(/;

/** Whether a text stands for more than itself. */
export const isPattern = (text: string): boolean => SPECIAL.test(text);

/** The id of a provider that is named by it or by another name of it; anything else stays as it is. */
export function providerId(name: string, { rows }: Pick<Named, 'rows'>): string {
  const said = name.toLowerCase();
  return rows.find(({ id, aliases = [] }) => id === said || aliases.includes(said))?.id ?? name;
}

/** A pattern over `provider/model` in the spelling that models have: `gemini/models/*` is `google/*`. */
export function withIds(pattern: string, named: Pick<Named, 'rows'>): string {
  const slash = pattern.indexOf('/');
  if (slash === -1) return pattern;
  const id = providerId(pattern.slice(0, slash), named);
  const row = named.rows.find((one) => one.id === id);
  const prefix = row === undefined ? undefined : idPrefixOf(row);
  const model = pattern.slice(slash + 1);
  return `${id}/${prefix === undefined ? model : model.replace(prefix, '')}`;
}

/** Why a pattern of the user's lists is one that no model can match; undefined where one can. */
function whyUseless(pattern: string, named: Named): string | undefined {
  const wrong = wrongWithGlob(pattern, DIALECTS.names);
  if (wrong !== undefined) return `"${clip(oneLine(pattern), 60)}" ${wrong}`;
  // A list may be for several machines, with endpoints that are not set up here.
  return pattern.includes('/') || isPattern(pattern) ? undefined : matchesNothing(pattern, named);
}

/** The patterns of a list of models, as models are spelled. Throws a `config` failure for one that no model can match. */
export function modelsListed(list: 'allow' | 'deny', parsed: readonly Parsed[], named: Named): string[] | undefined {
  // As with other lists, the last file that has one says all of it.
  const last = parsed.findLast(({ values }) => values.models?.[list] !== undefined);
  return last?.values.models?.[list]?.map((pattern, nth) => {
    const [keys, why] = [['models', list, nth], whyUseless(pattern, named)];
    if (why === undefined) return withIds(pattern, named);
    throw new Failure('config', `${last.placeOf(keys)}: ${keyText(keys)} is for no model: ${why}`);
  });
}

/** Why a pattern over `provider/model` can match nothing, and what to write, as `say` puts it; undefined where it can. */
export function matchesNothing(
  pattern: string,
  { rows, short }: Named,
  say: (pattern: string) => string = String,
): string | undefined {
  const wrong = wrongWithGlob(pattern, DIALECTS.names);
  if (wrong !== undefined) return `the pattern ${wrong}`;
  const text = pattern.toLowerCase();
  const meant = Object.entries(short).find(([name]) => name.toLowerCase() === text)?.[1];
  if (meant !== undefined)
    return `"${pattern}" is a short name of yours, and models are counted by their own: write ${meant.includes('/') ? say(withIds(meant, { rows })) : `the provider/model that ${meant} means`}`;
  const row = rows.find(({ id }) => id === providerId(text, { rows }));
  if (row !== undefined) return `"${pattern}" is a provider: write ${say(`${row.id}/*`)} for all of its models`;
  const [plain = ''] = text.split(SPECIAL);
  // What follows the first special character may be anything, a slash included.
  const isOpen = plain.length < text.length;
  if (rows.some(({ id }) => plain.startsWith(`${id}/`) || (isOpen && `${id}/`.startsWith(plain)))) return undefined;
  if (!pattern.includes('/'))
    return `a model is named provider/model, so "${pattern}" is none: write ${say(`*/${pattern}`)} for whoever serves it`;
  const [provider = ''] = pattern.split('/');
  const ids = rows.map(({ id }) => id);
  return `there is no provider "${provider}"${didYouMean(provider, ids)}: write ${say(`*/${pattern}`)} if it is a model of whoever serves it`;
}
