const utf8 = new TextDecoder('utf-8', { fatal: true });
const utf16 = { le: new TextDecoder('utf-16le', { fatal: true }), be: new TextDecoder('utf-16be', { fatal: true }) };

const decoderOf = ([a, b]: Uint8Array) => (a === 0xff && b === 0xfe ? utf16.le : a === 0xfe && b === 0xff ? utf16.be : utf8);

/** The text in some bytes: UTF-8, or UTF-16 that says so at its start. Undefined where it is no text: invalid, or with NULs. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = decoderOf(bytes).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The lines of a text. What follows the last line break counts as a line only if there is something. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
