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
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^[a-z][\w]*(?:\.[a-z_]\w*)+(?:\(\))?$/i,
  /^(?:https?|file|ftp|git\+ssh):\/\/[^@]*$/i,
  /^\.{0,2}\/[\w./-]+$/,
  /^(?:sha(?:1|256|384|512)|md5)[-:]/i,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^(.)\1+$/,
  /^(?:0123|1234|abcd|qwerty)[\w]*$/i,
  /^v?\d+(?:\.\d+)+[\w.-]*$/,
  /^\d{4}-\d\d-\d\d/,
  /^\S+\s+\S+\s+\S/,
];

export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value) || /^(.)\1{3,}$/.test(value);

/** Whether what is assigned to a name like `password` looks like one: of several kinds of characters, and of no ordinary form. */
export function isLikelyPassword(value: string): boolean {
  if (isPlaceholder(value) || ORDINARY.some((form) => form.test(value))) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && /[\d\W_]/.test(value) && entropy(value) >= 2.5 && !/^[a-z]+(?:[-_ ][a-z]+)*$/i.test(value);
}

/** Whether what is assigned to a name like `token` looks drawn by lot. */
export const isLikelyToken = (value: string): boolean =>
  isLikelyPassword(value) && value.length >= 16 && entropy(value) >= 3 && /\d/.test(value) && /[a-z]/i.test(value);

/** Whether a text without quotes may be a name of a program's own: then it is no password unless it is drawn by lot. */
const isName = (value: string): boolean => /^[A-Za-z_$][\w$]*$/.test(value);

export const isBarePassword = (value: string): boolean => isLikelyPassword(value) && !isName(value);

export const isBareToken = (value: string): boolean => isLikelyToken(value) && (value.match(/\d/g) ?? []).length >= 3;
