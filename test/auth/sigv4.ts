import { createHash, createHmac } from 'node:crypto';
import type { VendorRequest } from '../support/vendor.ts';

/** What AWS reads in a signed request: who signed it, for what, and whether the signature is that of the secret. */
export type Signed = { accessKey: string; region: string; service: string; signedHeaders: string[]; good: boolean };

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** RFC 3986, where `encodeURIComponent` leaves five characters more alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Every part of the path is encoded once more than it came, as for all services but S3. */
function canonicalTarget(target: string): string {
  const { pathname, searchParams } = new URL(target, 'http://host');
  const query = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).toSorted();
  return `${pathname.split('/').map(encoded).join('/')}\n${query.join('&')}`;
}

/** Recomputes the signature of a request as it arrived (AWS Signature Version 4). */
export function readSignature({ method, path, headers, text }: VendorRequest, secret: string): Signed {
  const [, accessKey = '', day = '', region = '', service = '', names = '', signature] =
    AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const signedHeaders = names.split(';');
  const lines = signedHeaders.map((name) => `${name}:${String(headers[name]).trim().replaceAll(/ +/g, ' ')}\n`);
  const canonical = [method, canonicalTarget(path), lines.join(''), names, hash(text)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, hash(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return { accessKey, region, service, signedHeaders, good: hmac(key, toSign).toString('hex') === signature };
}
