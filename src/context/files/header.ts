import { plural } from '../../core/text.ts';

/** Which lines of a file go along, of how many, where that is known. */
export type Lines = { from: number; to: number; of?: number };

/** What stands over the lines of a file. */
export const headerOf = (path: string, { from, to, of }: Lines): string =>
  from === 1 && to === of
    ? `=== ${path} (${plural(of, 'line')}) ===`
    : `=== ${path} (lines ${from}-${to}${of === undefined ? '' : ` of ${of}`}) ===`;

const HEADER = /^=== (.+) \((?:[\d,]+ lines?|lines \d+-\d+(?: of \d+)?)\) ===$/;

/** The file that a header stands over; undefined where a line is no header. */
export const fileOver = (line: string): string | undefined => HEADER.exec(line)?.[1];
