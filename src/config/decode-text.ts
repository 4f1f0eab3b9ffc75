/** What a file's bytes are as text, or why they are none and in which line. */
export type Decoded = { text: string } | { line: number; why: string };

/** Marks of an encoding at the beginning of a file. PowerShell 5 and Notepad write them. */
const MARKS: readonly { mark: readonly number[]; encoding: string }[] = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Without a mark, every second byte of a Latin text in UTF-16 is 0, and a configuration begins with Latin letters. */
function encodingOf(bytes: Uint8Array): string {
  const marked = MARKS.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return marked.encoding;
  const [first = 1, second = 1] = bytes;
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== 0 ? 'utf-16be' : 'utf-8';
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Control characters but tab and line breaks: YAML takes none, and no editor shows them. */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/;

/** Decodes UTF-8 and UTF-16, with and without a mark, and makes all line breaks the same. Pure. */
export function decodeText(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes).replaceAll(/\r\n?/g, '\n');
  const control = CONTROL.exec(text);
  if (control !== null) {
    const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return { line: lineAt(text, control.index), why: `holds the control character U+${code}` };
  }
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { text };
  } catch {
    return { line: lineAt(text, text.indexOf('\uFFFD')), why: `holds bytes that are no ${encoding.slice(0, 6).toUpperCase()}` };
  }
}
