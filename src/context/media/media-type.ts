/** What a model may be shown, and how its bytes begin. Five formats, so a table says it better than a package. */
type MediaType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'application/pdf';

const starts = (bytes: Buffer, text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;

/** The mark of a JPEG, and after it the first segment with its length: three bytes are no picture. */
const isJpeg = (bytes: Buffer): boolean =>
  starts(bytes, '\u00ff\u00d8\u00ff') && bytes.length >= 6 && (bytes[3] ?? 0) >= 0xc0 && bytes.readUInt16BE(4) >= 2;

const SIGNATURES: readonly { type: MediaType; fits: (bytes: Buffer) => boolean }[] = [
  { type: 'image/png', fits: (bytes) => starts(bytes, '\u0089PNG\r\n\u001a\n') && starts(bytes, 'IHDR', 12) },
  { type: 'image/jpeg', fits: isJpeg },
  { type: 'image/gif', fits: (bytes) => starts(bytes, 'GIF87a') || starts(bytes, 'GIF89a') },
  { type: 'image/webp', fits: (bytes) => starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8) },
  { type: 'application/pdf', fits: (bytes) => starts(bytes, '%PDF-') },
];

/** The type of some bytes by their content; what a name or a header says of them counts for nothing. */
export const mediaTypeOf = (bytes: Buffer): MediaType | undefined => SIGNATURES.find(({ fits }) => fits(bytes))?.type;
