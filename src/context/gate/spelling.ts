import { sep } from 'node:path';
import { Failure } from '../../core/errors.ts';
import { clip, oneLine } from '../../core/text.ts';

/** The longest path that is looked at. */
const MAX_PATH = 1024;

const WRITE_IT = 'write it with / between folders, relative to an allowed folder, like src/app.ts or src/app.ts:10-50';

/**
 * Ways to write a path that mean something else than a file below a root. On Windows one file has many spellings, and a check could
 * be met by another one than the read.
 */
const FORMS: readonly { form: RegExp; what: string; windows?: true }[] = [
  { form: /\0/, what: 'holds a NUL byte' },
  { form: /^\\\\|^\/\//, what: 'is a network or device path' },
  { form: /^[a-z][a-z0-9+.-]+:\/\//i, what: 'is a URL, and none is fetched' },
  { form: /^\/(?:proc|dev|sys)(?:\/|$)/i, what: 'names a file of the system' },
  { form: /[\u0001-\u001f\u007f]/, what: 'holds a control character', windows: true },
  { form: /^[a-z]:(?![\\/])/i, what: 'names a Windows drive and no folder on it', windows: true },
  { form: /(?<!^[a-z]):/i, what: 'holds a colon that is not followed by line numbers', windows: true },
  {
    form: /(?:^|[\\/])(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:[\\/]|$)/i,
    what: 'holds a name that is a device on Windows',
    windows: true,
  },
  {
    form: /(?:^|[\\/])(?!\.{1,2}(?:[\\/]|$))[^\\/]*[. ](?:[\\/]|$)/,
    what: 'holds a name that ends in a dot or a space',
    windows: true,
  },
];

/** What ends a line, steers a terminal or turns the direction of a text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The name of something found, as everybody is told of it: on one line, and without what is not seen. A file may be called anything. */
export const displayed = (path: string): string => path.replace(CONTROLS, '\uFFFD');

/** A path as it is shown in an error. */
export const shown = (path: string): string => `"${clip(oneLine(path), 120)}"`;

/** Says why a path is none of a file below a root, after its name in a sentence; undefined where nothing is wrong with it. Pure. */
export function wrongWithPath(path: string, windows = sep === '\\'): string | undefined {
  if (path.trim() === '') return 'is empty';
  if (path.length > MAX_PATH) return 'is too long';
  return FORMS.find((one) => (windows || one.windows !== true) && one.form.test(path))?.what;
}

/** The `input` failure for a path that is none of a file below a root. */
export const misspelt = (path: string, what: string): Failure =>
  new Failure('input', `The path ${shown(path)} ${what}: ${WRITE_IT}`);
