import { BlockList, isIP } from 'node:net';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const plain = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.+$/g, '');

/** One entry of NO_PROXY: a host with its subdomains, a network, or a pattern; a port may follow. */
type Entry = { host: string; port: string | undefined };

function entryOf(text: string): Entry {
  const bare = text.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
  // An address of IPv6 has colons of its own.
  const [, host = bare, port] = isIP(bare) === 6 ? [] : (/^(.+?)(?::(\d+))?$/.exec(bare) ?? []);
  return { host: plain(host), port };
}

/** `10.0.0.0/8` holds 10.1.2.3; undefined: the entry is no network. */
function isInNetwork(host: string, entry: string): boolean | undefined {
  const [network = '', prefix = ''] = entry.split('/');
  if (!/^\d{1,3}$/.test(prefix) || isIP(network) === 0) return undefined;
  if (Number(prefix) > (isIP(network) === 6 ? 128 : 32) || isIP(host) === 0) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), familyOf(network));
  return list.check(host, familyOf(host));
}

function fits(host: string, entry: string): boolean {
  // As Windows calls hosts without a dot.
  if (entry === '<local>') return !host.includes('.') && isIP(host) === 0;
  const inNetwork = isInNetwork(host, entry);
  if (inNetwork !== undefined) return inNetwork;
  const name = entry.replace(/^\*?\./, '');
  if (name.endsWith('.*')) return host.startsWith(name.slice(0, -1));
  return host === name || (isIP(host) === 0 && host.endsWith(`.${name}`));
}

/** Hosts of the machine itself are never behind a proxy. */
const isLoopback = (host: string): boolean => /^(?:127\.0\.0\.1|::1|(?:.+\.)?localhost)$/.test(host);

/** Whether a proxy is passed by for an address, by what NO_PROXY says in the forms that curl and others take. */
export function isPassedBy({ hostname, port, protocol }: URL, none = ''): boolean {
  const host = plain(hostname);
  if (isLoopback(host)) return true;
  const own = port || (protocol === 'https:' ? '443' : '80');
  const entries = none.split(/[\s,;]+/).filter((entry) => entry !== '');
  return entries.some((text) => {
    if (text === '*') return true;
    const entry = entryOf(text);
    return (entry.port === undefined || entry.port === own) && fits(host, entry.host);
  });
}
