import { decodeLegacy } from './legacy.ts';

/** A text that was read from bytes. `encoding`: how, where it is neither UTF-8 nor said by a byte order mark. */
export type Decoded = { text: string; encoding?: string };

/** The marks with which a text says its own encoding; the decoder takes them off. */
const MARKS: readonly { bytes: readonly number[]; label: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], label: 'utf-8' },
  { bytes: [0xff, 0xfe], label: 'utf-16le' },
  { bytes: [0xfe, 0xff], label: 'utf-16be' },
];

/** Control characters that no text holds: all but tabs, line and page ends, backspaces, escapes and the end mark of DOS. */
const BINARY = /[\u0000-\u0007\u000e-\u0019\u001c-\u001f]/;

/** UTF-8 with few broken places is still UTF-8, as a log that two programs write: one to so many other characters that are not ASCII. */
const RIGHT_TO_BROKEN = 10;

function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 without a mark, as some tools of Windows write it: in mostly Latin text every second byte is 0. */
function decodeUnmarked16(bytes: Uint8Array): Decoded | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  const label = high === 0 ? 'utf-16le' : 'utf-16be';
  if (Math.min(high, low) > 0 || Math.max(high, low) * 4 < bytes.length) return undefined;
  const text = decodeAs(label, bytes);
  return text === undefined || BINARY.test(text) ? undefined : { text, encoding: label.toUpperCase() };
}

/** UTF-8 in which a few places are broken, which are shown as \uFFFD. */
function decodeBroken(bytes: Uint8Array): Decoded | undefined {
  const text = new TextDecoder().decode(bytes);
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const right = text.match(/[^\u0000-\u007f\uFFFD]/gu)?.length ?? 0;
  if (broken * RIGHT_TO_BROKEN > right) return undefined;
  return { text, encoding: 'UTF-8 with broken places shown as \uFFFD' };
}

/**
 * The text in some bytes: UTF-8, UTF-16, or an older encoding in which they clearly are text. Undefined where they are none, as
 * with a NUL. The one decoder for what comes from the user's machine: files, changes, and what is piped in.
 */
export function decodeText(bytes: Uint8Array): Decoded | undefined {
  const mark = MARKS.find(({ bytes: start }) => start.every((byte, index) => bytes[index] === byte));
  const plain = decodeAs(mark?.label ?? 'utf-8', bytes);
  if (plain !== undefined) return plain.includes('\0') ? decodeUnmarked16(bytes) : { text: plain };
  if (mark !== undefined && mark.label !== 'utf-8') return undefined;
  if (BINARY.test(Buffer.from(bytes).toString('latin1'))) return decodeUnmarked16(bytes);
  return decodeBroken(bytes) ?? decodeLegacy(bytes);
}
