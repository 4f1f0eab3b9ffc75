import { isIP } from 'node:net';

/** Ends of names that mean a machine nearby: those of the machine itself, of local networks, of clusters and of clouds. */
const NEARBY_ENDS = [
  // Reserved, and used as if they were.
  'localhost localdomain local internal intranet intra private corp home lan localnet workgroup domain arpa onion test invalid example',
  'svc cluster consul docker kubernetes fritz.box mshome.net ts.net tailscale.net',
  // Names at which clouds tell their machines secrets; others end in .internal or are numbers.
  'metadata.goog metadata.tencentyun.com metadata.packet.net metadata.platformequinix.com',
  // Public names that lead to the machine itself.
  'localtest.me lvh.me vcap.me lacolhost.com fuf.me localho.st localdev.me lcl.host local.gd ulh.us 127-0-0-1.org.uk',
  // Services that turn a number in a name into an address, or change their answer.
  'nip.io sslip.io xip.io xip.name ipq.co traefik.me local-ip.co local-ip.sh plex.direct rbndr.us 1u.ms rebind.network rebind.it',
].flatMap((line) => line.split(' '));

/** The networks of version 4 that are nobody's on the internet, by their first bytes. */
const INNER = [
  /^(?:0|10|127)\./,
  /^169\.254\./,
  /^172\.(?:1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];

const isInnerAddress = (address: string): boolean => INNER.some((network) => network.test(address));

const isByte = (text: string): boolean => Number(text) <= 255;

/** Addresses that a name spells out: `127.0.0.1.site.org`, `10-0-0-1.site.org`, `7f000001.site.org`. */
function spelledIn(name: string): string[] {
  const written = Array.from(
    name.matchAll(/(?<!\d)(\d{1,3})([.-])(\d{1,3})\2(\d{1,3})\2(\d{1,3})(?!\d)/g),
    ([, a, , b, c, d]) => [a, b, c, d],
  );
  const hex = name.split('.').filter((label) => /^[0-9a-f]{8}$/.test(label));
  const inHex = hex.map((label) => label.match(/../g)?.map((byte) => String(parseInt(byte, 16))) ?? []);
  return [...written, ...inHex].filter((bytes) => bytes.every((byte = '') => isByte(byte))).map((bytes) => bytes.join('.'));
}

/** Tells whether the host of a parsed address is this machine or one of a private network, as far as its name tells. */
export function isInnerName(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  if (!host.includes('.')) return true;
  return NEARBY_ENDS.some((end) => host === end || host.endsWith(`.${end}`)) || spelledIn(host).some(isInnerAddress);
}

/** The host of an address as an IP address; undefined where it is a name. */
export function numberOf(hostname: string): string | undefined {
  const bare = hostname.replace(/\.+$/, '').replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? undefined : bare;
}

/** Places where a host may stand in a path or query without a scheme in front: `?to=localhost`, `//169.254.169.254/`. */
const LOOSE = /(\/\/|=|@)(\[[0-9a-f:.]+\]|[^\s/?#&:"'<>\\[\]=@]+)/gi;

/** A number that an address may have for a host: `2130706433`, `0x7f000001`. Behind `=` it is any number. */
const NUMBER = /^(?:0x[0-9a-f]+|\d+)$/i;

/** Tells whether a text names, without a scheme, a host that is none of the public internet's. */
export function hasInnerHost(text: string): boolean {
  return Array.from(text.matchAll(LOOSE)).some(([, before, host = '']) => {
    if (host.startsWith('[')) return true;
    if (/^localhost\.?$/i.test(host)) return true;
    const isHost = host.includes('.') || (before !== '=' && NUMBER.test(host));
    if (!isHost || !URL.canParse(`https://${host}`)) return false;
    const { hostname } = new URL(`https://${host}`);
    const number = numberOf(hostname);
    return number === undefined ? isInnerName(hostname) : isInnerAddress(number);
  });
}
