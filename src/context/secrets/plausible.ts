import { drawnBits } from './drawn.ts';

/** Bits a character, by how often each occurs in the text itself. */
function entropy(text: string): number {
  const times = new Map<string, number>();
  for (const char of text) times.set(char, (times.get(char) ?? 0) + 1);
  return [...times.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}

/** Texts that stand where a secret will stand, or that say where it comes from. */
const PLACEHOLDER =
  /example|sample|change[-_ ]?me|your[-_ ]|placeholder|redacted|dummy|fixme|todo|not[-_ ]?a?[-_ ]?(?:real|secret)|insert[-_ ]|replace[-_ ]|xxxx|\*\*\*|\.\.\.|\u2026|<[^>]*>|\$\{|\{\{|\$\(|^\$|^%[^%]+%$|process\.env|os\.environ|getenv|env\(|secrets?\./i;

/** Forms that hold no secret, however much their characters surprise. */
const NO_SECRET: readonly RegExp[] = [
  // The name of a variable, also as the message of `${NAME:?NAME …}`.
  /^\??[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  // A type with what it is at first (`String?=null`).
  /^[a-z]+\?=\w*$/i,
  /^(?:https?|file|ftp|git\+ssh):\/\/[^@]*$/i,
  /^\/\/|(?:%-?\d{0,3}[sdifrx]){2}/,
  /^(?:~\/|[a-z]:\\)[\w.\\/-]+$/i,
  /^(?:sha(?:1|256|384|512)|md5)[-:]/i,
  // An address of a blockchain or a number; keys have 64 digits.
  /^-?0x[0-9a-f]{1,40}$/i,
  /^(.)\1+$/,
  /^v?\d+(?:\.\d+)+[\w.\\-]*$/,
  /^\d{4}-\d\d-\d\d/,
  // Text for people: three words, or text that ends like a sentence.
  /^\S+\s+\S+\s+\S/,
  /^[\p{L}\p{M}\s'\u2019,-]+[?!.:*\u2026\u3002\uFF01\uFF1F\uFF1A]+$/u,
  // A place for a name: `[new_password]`, `users/{user}/tokens/{token}`.
  /^\[[a-z_ -]+\]$/i,
  /\{[a-z_]\w{2,60}(?:[.[(][^{}]{0,60})?\}/i,
];

/** Forms of names, paths and types: no secret, unless it surprises a lot. */
const IN_PROGRAMS: readonly RegExp[] = [
  // A comparison, of which the scan saw the second half.
  /^=/,
  /^(?:0123|1234|abcd|qwerty)[\w]*$/i,
  // A name that says itself what it is given.
  /token|passw|secret|cred|auth|(?:api|access|private|public|crypto)[-_]?key/i,
  // A member of something in a program (`req.body?.password`, `this.#password`, `$this->password`), or what a pointer points at.
  /^[*&!]{0,3}\.?[a-z_$][\w$]*(?:(?:[?!]?\.#?|->|::\$?)[a-z_$][\w$]*)+(?:\(\))?!?$/i,
  /^\.[a-z_][\w.]*$/i,
  /^(?:[*&!]{1,3}[a-z_$]+|[*&][a-z_$]+\d)$/i,
  // Types and rules of validators: `string|null`, `required|min:8|confirmed`.
  /^\??[a-z_][a-z_.]*(?::[\w,.-]+)?(?:\|\??[a-z_][a-z_.]*(?::[\w,.-]+)?)+$/i,
  /^\.{0,2}\/[\w./-]+$/,
  /^(?:[a-z0-9_-]+\/)+$/,
];

/** Words, which nobody draws by lot. */
const WORDS: readonly RegExp[] = [
  // An amount and its unit (`5.days`), fields with colons between.
  /^\d+\.[a-z_]+$/i,
  /^[a-z_]+(?::[a-z_]+)+$/i,
  /^--?[a-z]+(?:-[a-z]+)*=?$/i,
  // A directive or a heading.
  /^#[a-z]+$/i,
  /^\D*\s\D*$/,
  /^\p{L}+ \d{1,3}\W*$/u,
  /^(?:--?)?[\p{L}\p{M}]+(?:[-_ '\u2019][\p{L}\p{M}]+)*$/u,
];

/** So much of a value is judged, in characters. */
const JUDGED = 512;

/** So much of a value is held against these forms, in characters: what is longer is none of them. */
const LONGEST_FORM = 300;

const isAnyOf = (forms: readonly RegExp[], value: string): boolean =>
  value.length <= LONGEST_FORM && forms.some((form) => form.test(value));

/** A regular expression for what a secret would look like: `\w+:\w+@`, `(?:…)`, `[^@]+`. */
const isPattern = (value: string): boolean =>
  /\\[dsw][+*{]|\(\?[:=!<]|\[\^[^\]\s]{1,20}\][+*]|\[\^?(?:[a-z]-[a-z]|0-9|\\[dswx])/i.test(value);

/** Tokens that everybody copies from RFC 6749 and 6750, where they are examples. */
const PUBLISHED = new Set([
  '2YotnFZFEjr1zCsicMWpAA',
  'tGzv3JOkF0XG5Qx2TlKWIA',
  'SplxlOBeZQQYbYS6WxSbIA',
  'czZCaGRSa3F0MzpnWDFmQmF0M2JW',
  'mF_9.B5f-4.1JqM',
  'h480djs93hd8',
]);

export const isPlaceholder = (value: string): boolean =>
  PUBLISHED.has(value) || PLACEHOLDER.test(value) || /^(.)\1{3,}$/.test(value) || isPattern(value);

/** Digits that belong to the word that they stand in. */
const NUMBERED =
  /sha\d+|base\d+|b64|utf-?\d+|latin\d|md\d|oauth2|x509|argon2|pbkdf2|aes\d+|uint\d+|int\d+|http2|ipv?[46]|ec2|s3|(?<=[_-])v\d{1,2}a?(?![a-z\d])|(?<=[a-z])V\d(?=[A-Z]|$)|i18n|l10n|web3|oauth1|x86|h264|p12|pkcs\d+|win32/gi;

/** The fewest bits of chance over which a value is a secret even in the form of a name or path. */
const WHATEVER_FORM = 24;

/** The longer a name or path is, the likelier a stretch of it surprises: so many bits a character are asked, up to a length. */
const BITS_A_CHARACTER = 0.45;
const LONGEST_NAME = 40;

/** The fewest different characters of a value that is drawn. */
const FEWEST_DIFFERENT = 5;

/**
 * Tells whether a value looks drawn by lot, by at least so many bits (see `drawnBits`), and like nothing that stands where
 * secrets will stand. Of 12 characters drawn from letters and digits 1 in 100 has fewer than 13 bits, of 12 hexadecimal ones
 * fewer than 9, of 16 from either fewer than 12; of 100 names and paths of 12 characters and more in ordinary source 7 have more
 * than 8, and 3 more than 12.
 */
export function isDrawn(whole: string, fewestBits: number): boolean {
  const value = whole.slice(0, JUDGED);
  if (/\s/.test(value)) return false;
  const bits = drawnBits(value.replaceAll(NUMBERED, ''));
  if (
    bits < Math.max(fewestBits, Math.min(value.length, LONGEST_NAME) * BITS_A_CHARACTER) ||
    new Set(value).size < FEWEST_DIFFERENT
  )
    return false;
  if (isPlaceholder(value) || isAnyOf(NO_SECRET, value)) return false;
  return bits >= WHATEVER_FORM || !isAnyOf(IN_PROGRAMS, value);
}

/** Kinds of characters: small letters, capitals, digits, and signs, which are neither a letter of any script nor a digit. */
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\p{M}\p{N}_\s]/u];
const FEWEST_KINDS = 2;

/** The fewest bits a character of a password that somebody made up. */
const FEWEST_BITS = 2.5;

/** Says if a value looks like a password that somebody made up: of several kinds of characters, and of no ordinary form. */
export function isLikelyPassword(whole: string): boolean {
  const value = whole.slice(0, JUDGED);
  if (KINDS.filter((kind) => kind.test(value)).length < FEWEST_KINDS || entropy(value) < FEWEST_BITS) return false;
  return (
    !/[\r\n]/.test(value) && !isPlaceholder(value) && ![NO_SECRET, IN_PROGRAMS, WORDS].some((forms) => isAnyOf(forms, value))
  );
}

const digitsIn = (value: string): number => (value.replaceAll(NUMBERED, '').match(/\d/g) ?? []).length;

/** Tells whether the value of a name like `token` looks like a token. */
export const isLikelyToken = (value: string): boolean =>
  isLikelyPassword(value) &&
  value.length >= 16 &&
  entropy(value.slice(0, JUDGED)) >= 3 &&
  digitsIn(value) > 0 &&
  /[a-z]/i.test(value);

/** Tells whether a text without quotes may be a name in a program: `userPassword1`, and not `mypgpass99`. */
const isName = (value: string): boolean => /^[A-Za-z_$][\w$]*$/.test(value) && digitsIn(value) <= 1;

/** Tells whether a text without quotes, where only a password may stand, looks like one. */
export const isBarePassword = (value: string): boolean => isLikelyPassword(value) && !isName(value);

export const isBareToken = (value: string): boolean => isLikelyToken(value) && digitsIn(value) >= 3;
