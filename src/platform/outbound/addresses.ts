/** Which addresses of the network a request may go to. Pure. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Not reachable from the internet, or not one host: RFC 6890 and its later additions. */
const REFUSED_V4: readonly [address: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Of IPv6 only global unicast is let through, which leaves out mapped (`::ffff:127.0.0.1`), translated (`64:ff9b::`),
 * local and multicast addresses; and of that not what carries another address inside, nor documentation.
 */
const GLOBAL_UNICAST: [address: string, bits: number] = ['2000::', 3];
const REFUSED_V6: readonly [address: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [address, bits] of REFUSED_V4) refused.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of REFUSED_V6) refused.addSubnet(address, bits, 'ipv6');
const global = new BlockList();
global.addSubnet(...GLOBAL_UNICAST, 'ipv6');

/** Whether an address literal (without brackets) is one of the internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return global.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}
