import { basename } from 'node:path';
import type { Part } from '../../core/chat.ts';
import { Failure } from '../../core/errors.ts';
import { type Gate, need, read } from '../gate/gate.ts';
import { shown } from '../gate/spelling.ts';
import { namesFile } from '../gate/writings.ts';
import type { Redacted, Sent } from '../parcel/sent.ts';
import { scanText } from '../secrets/scan.ts';
import { checkAddress } from './address.ts';
import { mediaTypeOf } from './media-type.ts';

/** The most bytes, before base64, that some vendor takes; what others take less of is a fact of theirs (see the wires). */
const MOST_BYTES = { image: 15_000_000, pdf: 20_000_000 } as const;
const MOST_IMAGES = 20;
/** Characters of base64 together: vendors refuse larger requests. */
const MOST_TOGETHER = 50_000_000;
const LONGEST_URL = 4096;

type Piece = { part: Part; sent: Sent; redacted?: Redacted[] };

const TAKEN = 'pass a PNG, JPEG, GIF or WebP of at most 15 MB, or a PDF of at most 20 MB';

/** Bytes as a part, once their content says what they are. */
function piece(bytes: Buffer, path: string, root?: string): Piece {
  const type = mediaTypeOf(bytes);
  if (type === undefined) throw new Failure('input', `${shown(path)} is no picture or PDF by its content: ${TAKEN}`);
  const what = type === 'application/pdf' ? 'pdf' : 'image';
  if (bytes.length > MOST_BYTES[what]) {
    throw new Failure('input', `${shown(path)} has ${(bytes.length / 1e6).toFixed(1)} MB: ${TAKEN}`);
  }
  const data = bytes.toString('base64');
  const part: Part = what === 'pdf' ? { type: 'pdf', data, name: basename(path) } : { type: 'image', mediaType: type, data };
  return { part, sent: { what, path, bytes: bytes.length, ...(root !== undefined && { root }) } };
}

const DATA = /^data:(?:[a-z]+\/[a-z0-9.+-]+)?(?:;[a-z-]+=[^;,]*)*;base64,/i;
/** Base64 of the largest thing that is taken. */
const LONGEST_DATA = Math.ceil((MOST_BYTES.pdf * 4) / 3) + 100;

function fromData(said: string, index: number): Piece {
  const name = `data URI ${index + 1}`;
  if (said.length > LONGEST_DATA) throw new Failure('input', `The ${name} is too long: ${TAKEN}`);
  const [start] = DATA.exec(said) ?? [];
  // Base64 is often broken into lines.
  const data = said.slice(start?.length ?? 0).replaceAll(/\s+/g, '');
  if (start === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(data) || data.length % 4 !== 0) {
    throw new Failure('input', `The ${name} is no picture or PDF in base64: write data:image/png;base64, and then its content`);
  }
  // The type that it names counts for nothing: the content tells.
  return piece(Buffer.from(data, 'base64'), name);
}

/** The ways in which an address tells that a PDF lies there: `a.pdf`, `/pdf/1706.03762`, `?format=pdf`. */
const PDF_ADDRESS = /\.pdf(?=$|[/?&#])|\/pdf(?=$|[/?])|[?&][^=&]+=(?:application(?:\/|%2F))?pdf(?=$|&)/i;

async function fromUrl(said: string): Promise<Piece> {
  if (said.length > LONGEST_URL)
    throw new Failure('input', `The address of an image is longer than ${LONGEST_URL} characters: pass its path`);
  const { href, pathname, search, origin } = checkAddress(said);
  const { redacted } = await scanText('address', href, 'redact');
  if (redacted.length > 0) {
    throw new Failure(
      'input',
      `The address at ${shown(origin)} holds a secret (${redacted[0]?.kind}): download the picture and name it by its path`,
    );
  }
  if (PDF_ADDRESS.test(`${pathname}${search}`))
    throw new Failure('input', `The PDF at ${shown(origin)} is not fetched: download it and name it by its path`);
  return { part: { type: 'image_url', url: href }, sent: { what: 'image', path: href, bytes: Buffer.byteLength(href) } };
}

async function fromFile(gate: Gate, said: string): Promise<Piece> {
  const place = await need(gate, said);
  return nameless(piece(await read(gate, place, MOST_BYTES.pdf), place.path, place.root));
}

/** A PDF goes along with its name, which may hold a secret: then it goes without. */
async function nameless({ part, sent }: Piece): Promise<Piece> {
  if (part.type !== 'pdf' || part.name === undefined) return { part, sent };
  const { redacted } = await scanText('the name of a PDF', part.name, 'redact');
  return redacted.length === 0 ? { part, sent } : { part: { type: 'pdf', data: part.data }, sent, redacted };
}

/** Returns how much of a request a part takes, in characters of base64. */
const charsOf = (part: Part): number => ('data' in part ? part.data.length : 0);

/** Reads what `images` names (paths, https addresses, data URIs) as parts of an ask, in their order. Nothing is fetched. */
export async function readMedia(gate: Gate, images: readonly string[]): Promise<Piece[]> {
  if (images.length > MOST_IMAGES) throw new Failure('input', `images has ${images.length} entries: pass at most ${MOST_IMAGES}`);
  const pieces: Piece[] = [];
  for (const [index, said] of images.entries()) {
    await gate.pace.step();
    if (namesFile(said)) pieces.push(await fromFile(gate, said));
    else if (/^\s*data:/i.test(said)) pieces.push(fromData(said.trim(), index));
    else pieces.push(await fromUrl(said.trim()));
    if (pieces.reduce((sum, { part }) => sum + charsOf(part), 0) > MOST_TOGETHER) {
      throw new Failure(
        'input',
        'images holds more than 50 MB together, as they are sent (in base64): pass fewer or smaller ones',
      );
    }
  }
  return pieces;
}
