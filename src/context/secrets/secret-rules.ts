import { ADDRESSES, LOGINS } from './addresses.ts';
import { CALLS } from './calls.ts';
import { COOKIE_OPTION, COOKIES, KEPT_COOKIES } from './cookies.ts';
import { ENCODED_KEYS } from './encoded-keys.ts';
import type { SecretRule } from './secret-rule.ts';
import { STATEMENTS } from './statements.ts';
import { TABLES } from './tables.ts';
import { TOOLS_OPTIONS } from './tools.ts';
import { VENDOR_TOKENS } from './vendor-tokens.ts';

/** Rules that are looked for together: one pattern for what they begin with, and for each of its groups the rules that do. */
export type RuleBook = { begins: RegExp; rules: readonly (readonly SecretRule[])[] };

function together(rules: readonly SecretRule[], before: string, flags = ''): RuleBook {
  const beginnings = [...new Set(rules.map(({ begins }) => begins))];
  return {
    begins: new RegExp(`${before}(?:${beginnings.map((begins) => `(${begins})`).join('|')})`, `g${flags}`),
    rules: beginnings.map((beginning) => rules.filter(({ begins }) => begins === beginning)),
  };
}

/** All rules but those of names: tokens, words, signs between words, and options. */
export const RULE_BOOKS: readonly RuleBook[] = [
  together([...VENDOR_TOKENS, ...ENCODED_KEYS, KEPT_COOKIES], '(?<![A-Za-z0-9_-])'),
  together([...ADDRESSES, ...STATEMENTS, ...TOOLS_OPTIONS, COOKIES, CALLS], '\\b', 'i'),
  together([...LOGINS, TABLES], ''),
  together([COOKIE_OPTION], '(?<![\\w-])'),
];
