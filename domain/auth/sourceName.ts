const MAX_LENGTH = 45;
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const GROUPS = 8;
/** A household or a server gets a network of 64 bits, so that single IPv6 addresses cost nothing. */
const NETWORK_GROUPS = 4;

/** The name under which an address' attempts are counted: an IPv4 address, the network of an IPv6 one. */
export function sourceName(sourceIp: string): string {
  const [address = ''] = sourceIp.slice(0, MAX_LENGTH).toLowerCase().split('%');
  const mapped = MAPPED_IPV4.exec(address)?.[1];
  if (mapped) return mapped;
  return address.includes(':') ? ipv6Network(address) : address || 'unknown';
}

function ipv6Network(address: string): string {
  const [head = '', tail] = address.split('::');
  const first = splitGroups(head);
  const last = splitGroups(tail ?? '');
  const zeros = Array<string>(Math.max(0, GROUPS - first.length - last.length)).fill('0');
  const groups = [...first, ...(tail === undefined ? [] : zeros), ...last];
  return `${groups.slice(0, NETWORK_GROUPS).map(withoutLeadingZeros).join(':')}::/64`;
}

const splitGroups = (text: string): string[] => (text === '' ? [] : text.split(':'));

const withoutLeadingZeros = (group: string): string => group.replace(/^0+(?=.)/, '');
