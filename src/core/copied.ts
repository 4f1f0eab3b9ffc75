/** Characters that show nothing: a byte order mark, joiners, marks of direction. They come with what is copied from a page. */
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g;

/** Quotes as people and word processors write them: the one that opens, and those that close it. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”“',
  '„': '“”',
  '‘': '’‘',
  '«': '»',
};

/** A text without what copying leaves around it: white space, unseen marks, pairs of quotes. */
export function unwrapped(text: string): string {
  const plain = text.replaceAll(UNSEEN, '').trim();
  const closing = QUOTES[plain.charAt(0)];
  const isQuoted = plain.length > 1 && closing?.includes(plain.slice(-1));
  return isQuoted ? unwrapped(plain.slice(1, -1)) : plain;
}

/** What stands before a key in the files, commands and examples that keys are copied from. */
const BEFORE = [
  // A line of an env file or a shell; `$env:` is PowerShell's.
  /^(?:export\s+|set\s+|setx\s+|\$env:)?[A-Z][A-Z0-9_]*(?:KEY|TOKEN|SECRET)\s*=\s*(?=\S)/i,
  /^(?:authorization|(?:x-|x-goog-)?api-key)\s*:\s*(?=\S)/i,
  /^bearer\s+(?=\S)/i,
];

/** A line break in writing, as a file of variables or JSON may leave it. */
const WRITTEN_BREAK = /(?:\\[nr])+$/;

/** The key in what somebody copied. */
export function keyIn(text: string): string {
  const plain = unwrapped(text).replace(WRITTEN_BREAK, '');
  const rest = BEFORE.reduce((left, mark) => left.replace(mark, ''), plain);
  return rest === text ? text : keyIn(rest);
}

/** Why a text can be no key, as the end of a sentence that begins with where it stands; undefined where it can be one. */
export function wrongWithKey(text: string): string | undefined {
  // A key goes into a header, so it is of printable ASCII.
  if (!/^[!-~]+$/.test(text)) return 'holds characters that no key has (quotes, spaces or line breaks): copy the key again';
  return text.includes(',') ? 'holds several keys with commas between them: leave one' : undefined;
}
