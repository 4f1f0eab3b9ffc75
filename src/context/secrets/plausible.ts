/** Bits a character, by how often each occurs in the text itself. */
function entropy(text: string): number {
  const times = new Map<string, number>();
  for (const char of text) times.set(char, (times.get(char) ?? 0) + 1);
  return [...times.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}

/** What stands where a secret will stand, or where it comes from. */
const PLACEHOLDER =
  /example|sample|change[-_ ]?me|your[-_ ]|placeholder|redacted|dummy|fixme|todo|not[-_ ]?a?[-_ ]?(?:real|secret)|insert[-_ ]|replace[-_ ]|xxxx|\*\*\*|\.\.\.|\u2026|<[^>]*>|\$\{|\{\{|\$\(|^\$|^%[^%]+%$|process\.env|os\.environ|getenv|env\(|secrets?\./i;

/** A text that is written for people or programs and is no secret: a name, a path, an address, a digest, an id. */
const ORDINARY: readonly RegExp[] = [
  // The name of a variable, also as the message of `${NAME:?NAME …}`.
  /^\??[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  // A member of something in a program (`req.body?.password`, `this.#password`, `$this->password`), or what a pointer points at.
  /^[*&!]{0,3}[a-z_$][\w$]*(?:(?:[?!]?\.#?|->|::\$?)[a-z_$][\w$]*)+(?:\(\))?!?$/i,
  /^(?:[*&!]{1,3}[a-z_$]+|[*&][a-z_$]+\d)$/i,
  // A comparison, of which the scan saw the second half, and a type with what it is at first (`String?=null`).
  /^=|^[a-z]+\?=\w*$/i,
  // Types and rules of validators: `string|null`, `required|min:8|confirmed`.
  /^\??[a-z_][a-z_.]*(?::[\w,.-]+)?(?:\|\??[a-z_][a-z_.]*(?::[\w,.-]+)?)+$/i,
  /^(?:https?|file|ftp|git\+ssh):\/\/[^@]*$/i,
  /^\.{0,2}\/[\w./-]+$/,
  /^(?:[a-z0-9_-]+\/)+$/,
  /^(?:~\/|[a-z]:\\)[\w.\\/-]+$/i,
  /^(?:sha(?:1|256|384|512)|md5)[-:]/i,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  // An address of a blockchain or a number; keys have 64 digits.
  /^0x[0-9a-f]{1,40}$/i,
  /^(.)\1+$/,
  /^(?:0123|1234|abcd|qwerty)[\w]*$/i,
  /^v?\d+(?:\.\d+)+[\w.-]*$/,
  /^\d{4}-\d\d-\d\d/,
  // What is written for people: three words, words without digits, a word and its number, text that ends like a sentence.
  /^\S+\s+\S+\s+\S/,
  /^\D*\s\D*$/,
  /^\p{L}+ \d{1,3}\W*$/u,
  /^[\p{L}\p{M}\s'\u2019,-]+[?!.:*\u2026\u3002\uFF01\uFF1F\uFF1A]+$/u,
  /^(?:--?)?[\p{L}\p{M}]+(?:[-_ '\u2019][\p{L}\p{M}]+)*$/u,
  // A place for a name: `[new_password]`, `users/{user}/tokens/{token}`.
  /^\[[a-z_ -]+\]$/i,
  /\{[a-z_]\w{2,60}(?:[.[(][^{}]{0,60})?\}/i,
];

/** A regular expression for what a secret would look like: `\w+:\w+@`, `(?:…)`, `[^@]+`. */
export const isPattern = (value: string): boolean => /\\[dsw][+*]|\(\?[:=!<]|\[\^[^\]\s]{1,20}\][+*]/i.test(value);

export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value) || /^(.)\1{3,}$/.test(value) || isPattern(value);

/** Neither a letter of any script nor a digit. */
const SYMBOL = /[^\p{L}\p{M}\p{N}_\s]/u;

/** Whether what is assigned to a name like `password` looks like one: of several kinds of characters, and of no ordinary form. */
export function isLikelyPassword(value: string): boolean {
  if (isPlaceholder(value) || ORDINARY.some((form) => form.test(value))) return false;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, SYMBOL].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && entropy(value) >= 2.5;
}

/** Whether what is assigned to a name like `token` looks drawn by lot. */
export const isLikelyToken = (value: string): boolean =>
  isLikelyPassword(value) && value.length >= 16 && entropy(value) >= 3 && /\d/.test(value) && /[a-z]/i.test(value);

/** Digits that belong to the word that they stand in. */
const NUMBERED = /sha\d+|base64|b64|utf8|md5|oauth2|x509|argon2|pbkdf2|aes\d+|uint\d+|int\d+/gi;

/** Whether a text without quotes may be a name in a program: `userPassword1`, and not `mypgpass99`. */
const isName = (value: string): boolean =>
  /^[A-Za-z_$][\w$]*$/.test(value) && (value.replaceAll(NUMBERED, '').match(/\d/g) ?? []).length <= 1;

/** A line that is written in a string ends at its `\n`. */
const lineOf = (value: string): string => value.replace(/\\{1,8}[nrt].*$/, '');

/** Whether what stands without quotes where only a password may stand looks like one. */
export const isLikelyWord = (value: string): boolean => isLikelyPassword(lineOf(value));

export const isBarePassword = (value: string): boolean => isLikelyWord(value) && !isName(lineOf(value));

export const isBareToken = (value: string): boolean =>
  isLikelyToken(value) && (value.replaceAll(NUMBERED, '').match(/\d/g) ?? []).length >= 3;
