import type { Message, Part } from '../core/chat.ts';
import { PDF, pdfName } from './pdf.ts';
import type { Quirks } from './wire.ts';

type Field = Record<string, unknown>;
type PdfPart = Extract<Part, { type: 'pdf' }>;
type PdfStyle = Exclude<NonNullable<Quirks['pdf']>, 'unsupported'>;

const dataUrl = (mediaType: string, data: string): string => `data:${mediaType};base64,${data}`;

/** How compatible vendors are given a PDF. */
const AS_PDF: Record<PdfStyle, (piece: PdfPart) => Field> = {
  file: (piece) => ({ type: 'file', file: { filename: pdfName(piece), file_data: dataUrl(PDF, piece.data) } }),
  typed_file: (piece) => ({ type: 'file', file: { filename: pdfName(piece), media_type: PDF, data: piece.data } }),
  document_url: (piece) => ({
    type: 'document_url',
    document_url: dataUrl(PDF, piece.data),
    ...(piece.name === undefined ? {} : { document_name: piece.name }),
  }),
};

function part(piece: Part, { pdf = 'file' }: Quirks): Field {
  if (piece.type === 'text') return { type: 'text', text: piece.text };
  // Who takes no PDF is not given one: the plan sees to that.
  if (piece.type === 'pdf') return AS_PDF[pdf === 'unsupported' ? 'file' : pdf](piece);
  return {
    type: 'image_url',
    image_url: { url: piece.type === 'image' ? dataUrl(piece.mediaType, piece.data) : piece.url },
  };
}

/** Plain text goes as a string: several compatible servers never learnt the list form. */
const content = (parts: readonly Part[], quirks: Quirks): unknown =>
  parts.every((piece) => piece.type === 'text')
    ? parts.map((piece) => piece.text).join('\n\n')
    : parts.map((piece) => part(piece, quirks));

/** The parts with a mark on the last text, up to which the vendor's cache is to keep the conversation. */
function marked(parts: readonly Part[], quirks: Quirks): Field[] {
  const last = parts.findLastIndex(({ type }) => type === 'text');
  return parts.map((piece, at) => ({
    ...part(piece, quirks),
    ...(at === last ? { cache_control: { type: 'ephemeral' } } : {}),
  }));
}

/** The turns; `marks`: the end of a conversation is marked for the cache. A single turn is not: nobody would read it again. */
export const turnsOf = (messages: readonly Message[], quirks: Quirks, marks: boolean): Field[] =>
  messages.map(({ role, content: parts }, at) => ({
    role,
    content: marks && at > 0 && at === messages.length - 1 ? marked(parts, quirks) : content(parts, quirks),
  }));
