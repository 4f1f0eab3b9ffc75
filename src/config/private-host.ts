import { BlockList, isIP } from 'node:net';

/** Networks that the public internet does not reach: the machine itself, and those at home, at work or in a cloud. */
const NETWORKS = [
  // Every address of the machine itself.
  ['0.0.0.0', 32, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  // Behind a carrier's translation, and what overlay networks hand out.
  ['100.64.0.0', 10, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const;

const privateNetworks = new BlockList();
for (const [network, prefix, family] of NETWORKS) privateNetworks.addSubnet(network, prefix, family);

/** Names without a dot, and names below a domain that nobody can buy: they resolve only inside of a network. */
const INNER_NAME = /^[^.]+$|\.(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|test|invalid)$/;

/** Whether a host, as `URL` writes it, is on this machine or in a network of the user's own. */
export function isPrivateHost(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0) return INNER_NAME.test(hostname.toLowerCase());
  return privateNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
