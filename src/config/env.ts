import { unwrapped } from '../core/copied.ts';
import { ownEntry } from '../core/own-entry.ts';

/** The environment as it was handed to the process; nobody reads `process.env` itself. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A variable that was found: which one, and what it holds. */
export type Found = { name: string; value: string };

/** `${X}`, `${env:X}`, `$X` and `%X%`: what hosts leave behind when they expand nothing. */
const UNEXPANDED = /^(?:\$\{[^}]*\}|\$\w+|%\w+%)$/;

const isUnexpanded = (value: string): boolean => UNEXPANDED.test(unwrapped(value));

/**
 * The first of `names` that is set, those with `SWITCHBOARD_` before them first; empty and unexpanded values count as unset.
 * Quotes around a value are not a part of it: a shell takes them away, and a file of variables leaves them.
 */
export function firstSet(env: Env, names: readonly string[]): Found | undefined {
  for (const name of [...names.map((plain) => `SWITCHBOARD_${plain}`), ...names]) {
    const written = ownEntry(env, name);
    if (written === undefined) continue;
    const value = unwrapped(written);
    if (value !== '' && !isUnexpanded(value)) return { name, value };
  }
  return undefined;
}

/** A setting of our own, which has no plain form: `SWITCHBOARD_<name>`. */
export const ownSetting = (env: Env, name: string): string | undefined => {
  const value = unwrapped(env[`SWITCHBOARD_${name}`] ?? '');
  return value !== '' && !isUnexpanded(value) ? value : undefined;
};

/** Those of `names` that hold something a host forgot to expand. */
export const unexpanded = (env: Env, names: readonly string[]): string[] =>
  names.flatMap((plain) => [`SWITCHBOARD_${plain}`, plain]).filter((name) => isUnexpanded(ownEntry(env, name) ?? ''));

/** `custom-my-box` is `CUSTOM_MY_BOX` in the environment. */
export const envPrefix = (id: string): string => id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');

/** Whether a switch is on: `true`, `1`, `yes` or `on`. */
export const isOn = (env: Env, name: string): boolean => /^(?:1|true|yes|on)$/i.test(firstSet(env, [name])?.value ?? '');
