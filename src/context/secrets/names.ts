/** The clarity with which a name says that its value is secret. */
export type Says = 'password' | 'secret' | 'maybe';

/** A word in a text, with the rest of its name behind it, that says so. `kind`: the kind of secret that its value is. */
export type Name = { start: number; end: number; says: Says; kind: string };

const WORDS =
  'pass(?:w(?:or[dt]|d)|phrase|code)?|pwd|pw|psk|secret|token|credential|cred|key|auth|jwt|session|sess|sid|cookie|csrf|xsrf|bearer|kennwort|contrase[nñ]a|senha|mot[-_ ]de[-_ ]passe|mdp|пароль|密码|密碼|パスワード';

/** Finds words of such names. The second group is the rest of the name: the name is looked at once. */
export const NAMES = new RegExp(String.raw`(${WORDS})((?:s(?![a-z]))?[\w$-]{0,64})`, 'gi');

/** Words that need no other one to say that a value is secret, and what they make of it. */
const CLEAR = new Map<string, Says>([
  ...['secret', 'token', 'key', 'credential', 'cred'].map((word): [string, Says] => [word, 'secret']),
  ...['auth', 'jwt', 'session', 'sess', 'sid', 'cookie', 'csrf', 'xsrf', 'bearer'].map((word): [string, Says] => [word, 'maybe']),
]);

/** Words that are also parts of others: they count where a word begins. */
const SHORT = new Set('pass pwd pw psk cred auth jwt sess session sid mdp cookie csrf xsrf bearer senha'.split(' '));

/** Words before `key` that make it a secret one. */
const KEY_OF =
  /(?:api|app|application|access|account|admin|auth|client|consumer|crypto?|cipher|deploy|encrypt|encryption|hmac|integration|jwt|licen[sc]e|master|private|secret|security|service|session|shared|sign|signing|signature|ssh|storage|subscription|functions|host|webhook|write|ingest|decrypt|decryption|routing|cookie|backup|recovery|registration|activation|publish|rest|server)[-_. ]?$/i;
/** So far before `key` the word is looked for, in characters. */
const LONGEST_BEFORE = 16;

/** Words behind: the value tells something about a secret and is none. */
const ABOUT =
  /(?:^|[\d_$-])(?:ids?|names?|files?|filename|paths?|dir|folder|ur[il]s?|endpoint|address|addr|arns?|ref|types?|lengths?|len|size|min|max|count|limit|ttl|expir\w*|age|time\w*|at|version|label|header|prefix|suffix|pattern|regexp?|format|algorithm|alg|digest|checksum|fingerprint|thumbprint|index|budget|usage|provider|issuer|audience|scopes?|policy|placeholder|hint|description|title|error|message|status|required|enabled|source|profile|process|role|within|method|location|region|params|gen|info|ring|store|manager|service|codes?|events?|claims|confirm\w*)(?:$|[\d_$-])/i;

/** The name of AWS's secret key, from its word `secret` on; the shorter one stands behind `aws`. */
const OF_AWS = /^secret[-_]?access[-_]?key$/i;
const OF_AWS_IN_SHORT = /^secret(?:[-_]?key)?$/i;

const isLetter = (char = ''): boolean => char.toLowerCase() !== char.toUpperCase();
const isSmall = (char = ''): boolean => char !== char.toUpperCase();

/** Says if a word begins at a place, as in `DB_PASS` and `dbPass`, and not in `bypass`. */
function beginsThere(text: string, at: number): boolean {
  const before = text[at - 1];
  return !isLetter(before) || (isSmall(before) && !isSmall(text[at]));
}

/** Says if a word ends before the rest of its name, as in `PASS_1` and `keyProd`, and not in `tokenize`. */
const endsThere = (word: string, rest: string): boolean => !isLetter(rest[0]) || (isSmall(word.at(-1)) && !isSmall(rest[0]));

/** Writes a line before each hump of a name: `FileName` as `_File_Name`. */
const humped = (name: string): string => name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|^(?=[A-Z][a-z])/g, '_');

/** Says if the rest of a name leaves its value secret. */
function leavesSecret(word: string, rest: string): boolean {
  if (rest === '') return true;
  // `pass` is a verb, too.
  if (word === 'pass') return /^[_-]?\d*$/.test(rest);
  return isVaults(word, rest) || !ABOUT.test(humped(rest));
}

/** Recognizes the `secret_id` of HashiCorp Vault, which is a password; elsewhere it is an id. */
const isVaults = (word: string, rest: string): boolean => word === 'secret' && /^_?id$/i.test(rest);

function saidBy(word: string, rest: string): Says {
  if (isVaults(word, rest)) return 'maybe';
  const said = CLEAR.get(word) ?? 'password';
  return said === 'maybe' && /secret|token|passw|key/i.test(rest) ? 'secret' : said;
}

function kindOf(text: string, start: number, says: Says, whole: string): string {
  if (says === 'password') return 'password';
  const isAws =
    OF_AWS.test(whole) || (OF_AWS_IN_SHORT.test(whole) && /aws[-_]?$/i.test(text.slice(Math.max(0, start - 4), start)));
  return isAws ? 'AWS secret key' : 'secret';
}

/** Reads the name that a word stands in, with what follows the word in it; undefined if it does not mean a secret. */
export function nameAt(text: string, start: number, word: string, tail: string): Name | undefined {
  const plain = word.toLowerCase();
  const rest = tail.replace(/^s(?![a-z])/i, '');
  if (SHORT.has(plain) && !beginsThere(text, start)) return undefined;
  if (plain === 'key' && !KEY_OF.test(text.slice(Math.max(0, start - LONGEST_BEFORE), start))) return undefined;
  if (!endsThere(word, rest) || !leavesSecret(plain, rest)) return undefined;
  const says = saidBy(plain, rest);
  return { start, end: start + word.length + tail.length, says, kind: kindOf(text, start, says, word + rest) };
}

/** Finds the names in a short text that say that they are given secrets. */
export function namesIn(text: string): Name[] {
  const names: Name[] = [];
  const pattern = new RegExp(NAMES);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, word = '', tail = ''] = match;
    const name = nameAt(text, match.index, word, tail);
    if (name === undefined) pattern.lastIndex = match.index + word.length;
    else names.push(name);
  }
  return names;
}
