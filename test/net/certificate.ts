import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate that nobody but its own key has signed. PEM. */
export type Certificate = { cert: string; key: string };

/** One value in DER: its tag, its length and its content (X.690 §8). */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: Uint8Array[]): Buffer => der(0x30, ...content);
const number = (value: number): Buffer => der(0x02, Buffer.from([value]));

/** An object identifier whose first two arcs are already one byte; every later arc below 128 is a byte too. */
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const SUBJECT_ALT_NAME = '551d11';

const name = (text: string): Buffer => sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(text)))));

/** A moment with a year of two digits, which reach to 2049: TLS compares it with the machine's clock, which no test sets. */
const moment = (text: string): Buffer => der(0x17, Buffer.from(text));
const FROM = moment('200101000000Z');
const TO = moment('491231235959Z');

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), der(0x04, value));

function signed(names: readonly string[], { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): Buffer {
  const who = name(names[0] ?? '');
  const extensions = [
    extension(BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff])))),
    extension(SUBJECT_ALT_NAME, sequence(...names.map((dns) => der(0x82, Buffer.from(dns))))),
  ];
  const told = sequence(
    der(0xa0, number(2)),
    number(1),
    sequence(oid(ECDSA_WITH_SHA256)),
    who,
    sequence(FROM, TO),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', told, privateKey);
  return sequence(told, sequence(oid(ECDSA_WITH_SHA256)), der(0x03, Buffer.from([0]), signature));
}

/** Makes a certificate for these names of hosts, good until 2049 (RFC 5280). */
export function certify(...names: string[]): Certificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const lines = signed(names, pair)
    .toString('base64')
    .replaceAll(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
