import { isBarePassword, isBareToken, isLikelyPassword, isLikelyToken, isLikelyWord } from './plausible.ts';
import type { SecretRule } from './secret-rule.ts';

type Accepts = (value: string) => boolean;

const PASSWORD = 'pass(?:word|wd|phrase)?|pwd|pgpassword';
const SECRET = 'secret|token|(?:api|access|private|auth|encryption|signing|secret|master)[-_]?key';
const CONSTANT = '(?:PASSWORD|PASSWD|PASSPHRASE|(?<![A-Z])PASS(?![A-Z])|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)';
/** A name that is or holds one of these, as a whole: `DB_PASSWORD`, `db.password`, `x-api-key`. */
const NAME = `[\\w.-]{0,60}(?:pass(?:word|wd|phrase)|(?<![a-z])pass|pwd|secret|token|(?:api|access|private)[-_]?key)[\\w]{0,20}`;

/** What a string begins with in Python, C and C#, and what is put around one that is a secret or a string of another kind. */
const WRAPPED = String.raw`(?:(?:SecretStr|String::from|Secret|Some)\(|ConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?)?(?:[rbuf@$L]{1,2}(?=["'\x60]))?`;
const STRING = String.raw`["'\x60](?<secret>(?:\\.|[^"'\x60\r\n\\]){6,256})["'\x60]`;
const QUOTED = WRAPPED + STRING;
/** It ends where a value ends, and before the quote or bracket that holds all of the assignment. */
const BARE = String.raw`(?<secret>[^\s"'\x60,;(){}<>\[\]]{8,256})(?<!\\)(?=\\{0,8}(?:$|[\s,;"'\x60)}\]<]))`;

/** What may stand between a name and what assigns to it: its quote, a bracket, the length of an array, a type. */
const CLOSED = String.raw`["'\x60]?(?:\[\w{0,10}\]|[\])])?`;
const TYPED = String.raw`(?:[?!]?[ \t]{0,4}:[ \t]{0,4}[A-Za-z_&'*][\w.<>\[\]|&'? ]{0,60}(?==))?`;

/** A value given to a name, in any language's or file's way of doing so. */
const assigned = (kind: string, names: string, value: string, accepts: Accepts): SecretRule => ({
  kind,
  pattern: new RegExp(String.raw`(?:${names})["'\x60]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}${value}`, 'gi'),
  accepts,
});

/** A string given to a name: also to a typed one, to a member by its name, and as what counts where nothing else is set. */
const assignedString = (kind: string, names: string, accepts: Accepts): SecretRule => ({
  kind,
  pattern: new RegExp(
    String.raw`(?:${names})${CLOSED}${TYPED}[ \t]{0,8}(?::=|=>|\?\?=?|\|\|=?|(?<=[ \t)])or(?=[ \t])|[:=])[ \t]{0,8}${QUOTED}`,
    'gi',
  ),
  accepts,
});

/** Where less speaks for a secret than a sign of equality, it may not look like a name either. */
const isNoName = (value: string): boolean => isBarePassword(value) || isBareToken(value);

/** What is said without a sign of equality: by a call, a directive, or a pair of a name and a value. */
const SAID: readonly SecretRule[] = [
  {
    // `getenv("API_KEY", "…")`, `define('DB_PASSWORD', '…')`.
    kind: 'secret',
    pattern: new RegExp(String.raw`\([ \t]{0,8}["'\x60]${NAME}["'\x60],\s{0,20}${QUOTED}`, 'gi'),
    accepts: isNoName,
  },
  {
    // `setPassword("…")`, `.password("…")`.
    kind: 'secret',
    pattern: new RegExp(
      String.raw`(?:\.|(?<![A-Za-z0-9_])(?:set|with)_?)(?:[A-Za-z]{0,20}(?<=[a-z]))?(?:Password|Passwd|Pwd|Secret|Token|(?:api|access|private|secret)_?key)\([ \t]{0,8}${QUOTED}`,
      'gi',
    ),
    accepts: isNoName,
  },
  {
    // `#define API_KEY "…"`.
    kind: 'secret',
    pattern: new RegExp(String.raw`#[ \t]{0,4}define[ \t]{1,8}${NAME}[ \t]{1,20}${QUOTED}`, 'gi'),
    accepts: isNoName,
  },
  {
    // `ENV DB_PASSWORD …` of a Dockerfile, `set -x DB_PASSWORD …` of fish, `setenv` of csh, `setx` of Windows.
    kind: 'secret of an environment',
    pattern: new RegExp(
      String.raw`(?<![\w.-])(?:ENV|ARG|setx|setenv|set[ \t]{1,4}-[a-zA-Z]{1,4})[ \t]{1,8}[A-Z0-9_]{0,60}${CONSTANT}[A-Z0-9_]{0,20}[ \t]{1,8}["'\x60]?(?<secret>[^\s"'\x60,;(){}<>\[\]]{6,256})(?=$|[\s"'\x60])`,
      'g',
    ),
    accepts: isLikelyWord,
  },
  {
    // `name: DB_PASSWORD` and `value: …` on the next line, also of a diff, or both in one object or element.
    kind: 'secret of an environment',
    pattern: new RegExp(
      String.raw`\b(?:name|key)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?${NAME}["']?[ \t]{0,8}(?:,[ \t]{0,8})?(?:\r?\n[ \t+>-]{0,80})?["']?value["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<secret>[^\s"'\x60,;(){}<>\[\]]{6,256})(?=$|[\s,;"'\x60)}\]<])`,
      'gi',
    ),
    accepts: isNoName,
  },
];

/** Secrets that are known by the name that they are given to. */
export const ASSIGNMENTS: readonly SecretRule[] = [
  assigned(
    'AWS secret key',
    'secret_?access_?key|aws_?secret(?:_?key)?',
    String.raw`["'\x60]?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])`,
    isLikelyToken,
  ),
  assigned(
    'npm token',
    '(?<![A-Za-z0-9])_(?:auth(?:token)?|password)',
    '(?<secret>[A-Za-z0-9+/=_-]{8,500})(?![\\w(.])',
    isLikelyToken,
  ),
  assignedString('password', PASSWORD, isLikelyPassword),
  assignedString('secret', `${SECRET}|credentials?`, isLikelyToken),
  {
    kind: 'secret of an environment',
    pattern: new RegExp(String.raw`(?<![A-Za-z0-9_])[A-Z0-9_]{0,60}${CONSTANT}[A-Z0-9_]{0,20}=${BARE}`, 'g'),
    accepts: isLikelyWord,
  },
  assigned('password', '(?:pass(?:word|wd|phrase)|(?<![a-z])pass|pwd|pgpassword)', BARE, isBarePassword),
  ...SAID,
  // After `secret:` in an address of AWS stands a name.
  assigned('secret', `(?<!\\d{12}:)(?:${SECRET})`, BARE, isBareToken),
];
