import { ownEntry } from '../core/own-entry.ts';

/** The values of a row's settings, by name. */
export type SettingValues = Readonly<Record<string, string>>;

const HOLE = /\{(\w+)\}/g;

/** The settings that a text has holes for; `{model}` is filled later, call by call. */
export const holesIn = (text: string): string[] =>
  [...text.matchAll(HOLE)].flatMap(([, name]) => (name === undefined || name === 'model' ? [] : [name]));

/** `text` with its holes filled; undefined where one of them has no value. */
export function filled(text: string, values: SettingValues): string | undefined {
  if (holesIn(text).some((name) => ownEntry(values, name) === undefined)) return undefined;
  return text.replaceAll(HOLE, (hole, name: string) => ownEntry(values, name) ?? hole);
}

/** The entries whose holes can be filled, filled. */
export function filledEntries(entries: Readonly<Record<string, string>>, values: SettingValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, text]) => {
      const value = filled(text, values);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
