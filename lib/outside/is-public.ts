import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Azure answers machines with their secrets here, at an address that looks like anybody's. */
const hostsOfMachines = new Set(['168.63.129.16'])
/** The part of IPv6 that is given out to the internet at all. */
const global = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address is on the public internet: not this machine, no private network, no link-local one with its metadata
 * services, nothing reserved, and no IPv6 form that carries another address inside.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0 || hostsOfMachines.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(global)
}
