/** A client by its address, or any other name as it is. A household has 2^64 addresses of IPv6, so of those only the network counts. */
export function clientKey(ip: string): string {
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/i.test(ip)) return ip
  const [head = '', tail] = ip.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  const network = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4)
  return network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
