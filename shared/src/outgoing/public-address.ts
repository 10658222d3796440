import ipaddr from 'ipaddr.js';

/** Addresses that look public and lead to a cloud's own machinery. */
const reserved = [
  // Azure's host agent.
  '168.63.129.16/32',
].map((range) => ipaddr.parseCIDR(range));

/** Ways to write an IPv4 address, or a place inside, as an IPv6 one, that the library takes for ordinary addresses. */
const reservedV6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/23',
  '2002::/16',
  'fec0::/10',
].map((range) => ipaddr.parseCIDR(range));

/**
 * Whether an IP address is one that a stranger's URL may lead to: an ordinary public unicast address. Private, loopback,
 * link-local, metadata, carrier-grade NAT, multicast and reserved ones are not, however they are written.
 */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').split('%', 1)[0] ?? '';
  if (!ipaddr.isValid(plain)) return false;
  // Also makes IPv4 of an IPv4-mapped IPv6 address.
  const parsed = ipaddr.process(plain);
  if (parsed.range() !== 'unicast') return false;
  const ranges = parsed.kind() === 'ipv4' ? reserved : reservedV6;
  return !ranges.some((range) => range[0].kind() === parsed.kind() && parsed.match(range));
}
