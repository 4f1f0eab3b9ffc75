import { didYouMean } from '../core/nearest.ts';
import type { Provider } from '../providers/define.ts';

/** What a pattern over `provider/model` is understood by. */
export type Named = {
  rows: readonly Pick<Provider, 'id' | 'aliases'>[];
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

/** A pattern over `provider/model` with the provider's id where it has another name of it: `gemini/*` is `google/*`. */
export function withIds(pattern: string, named: Pick<Named, 'rows'>): string {
  const slash = pattern.indexOf('/');
  return slash === -1 ? pattern : `${providerId(pattern.slice(0, slash), named)}${pattern.slice(slash)}`;
}

/** Why a pattern over `provider/model` can match nothing, and what to write, as `say` puts it; undefined where it can. */
export function matchesNothing(
  pattern: string,
  { rows, short }: Named,
  say: (pattern: string) => string = String,
): string | undefined {
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
