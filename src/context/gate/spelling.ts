import { Failure } from '../../core/errors.ts';
import { clip, oneLine } from '../../core/text.ts';

/** The longest path that is looked at. */
const MAX_PATH = 1024;

/** Ways to write a path that mean something else than a file below a root, on this system or on another. */
const FORMS: readonly { form: RegExp; what: string }[] = [
  { form: /\0/, what: 'holds a NUL byte' },
  { form: /[\u0001-\u001f\u007f]/, what: 'holds a control character' },
  { form: /^\\\\|^\/\/[?.]?/, what: 'is a network or device path' },
  { form: /^[a-z]:/i, what: 'names a Windows drive' },
  { form: /^[a-z][a-z0-9+.-]+:\/\//i, what: 'is a URL' },
  { form: /^(?:file|data|https?):/i, what: 'is a URL' },
  { form: /^~/, what: 'begins with ~' },
  { form: /^\/(?:proc|dev|sys)(?:\/|$)/i, what: 'names a file of the system' },
  { form: /\\/, what: 'holds a backslash' },
  { form: /:/, what: 'holds a colon that is not followed by line numbers' },
  {
    form: /(?:^|\/)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:\/|$)/i,
    what: 'holds a name that is a device on Windows',
  },
  { form: /(?:^|\/)(?!\.{1,2}(?:\/|$))[^/]*[. ](?:\/|$)/, what: 'holds a name that ends in a dot or a space' },
];

/** What ends a line, steers a terminal or turns the direction of a text. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** The name of something found, as everybody is told of it: on one line, and without what is not seen. A file may be called anything. */
export const displayed = (path: string): string => path.replace(CONTROLS, '\uFFFD');

/** A path as it is shown in an error. */
export const shown = (path: string): string => `"${clip(oneLine(path), 120)}"`;

/** Refuses what is no plain path: one spelling a file, so that no check is met by another spelling than the read. */
export function checkSpelling(path: string): void {
  const what =
    path.trim() === '' ? 'is empty' : path.length > MAX_PATH ? 'is too long' : FORMS.find(({ form }) => form.test(path))?.what;
  if (what === undefined) return;
  throw new Failure(
    'input',
    `The path ${shown(path)} ${what}: write it with / between folders, relative to an allowed folder, like src/app.ts or src/app.ts:10-50`,
  );
}
