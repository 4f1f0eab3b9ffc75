import type { Part } from '../core/chat.ts';

export const PDF = 'application/pdf';

/** The name under which a PDF is sent: vendors that want one want it always. */
export const pdfName = ({ name }: Extract<Part, { type: 'pdf' }>): string => name ?? 'document.pdf';
