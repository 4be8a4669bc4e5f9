import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isLoopback } from '#lib/env.ts'
import { isPublic } from '#lib/outside/is-public.ts'
import { NotSent } from '#lib/outside/not-sent.ts'

export const maxUrlLength = 500

/** Where somebody wants to be called, which we do not do. The message is the end of a sentence that begins with its name. */
export class RefusedDestination extends Error {
  override name = 'RefusedDestination'
}

const shelf = 'is on a public address; private networks and this machine are never called'

/**
 * An address that a person named, read by its form alone: HTTPS, a public host, no password, a usual port. Where the app itself
 * runs on this machine (`appUrl`), another port of this machine is allowed too. Throws RefusedDestination.
 */
export function readDestination(text: string, appUrl: string): URL {
  const refuse = (message: string): never => {
    throw new RefusedDestination(message)
  }
  const url = URL.canParse(text) ? new URL(text) : refuse('is an address such as https://example.com/hook')
  url.hash = ''
  if (url.href.length > maxUrlLength) refuse(`has at most ${maxUrlLength} characters`)
  if (url.username || url.password) refuse('has no user and password in it; what is sent is signed')
  const port = Number(url.port || 443)
  if (url.port && port !== 443 && port < 1024) refuse('has no port, or one from 1024 on')
  if (isLoopback(url.hostname)) {
    if (!isLoopback(new URL(appUrl).hostname)) refuse(shelf)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  }
  if (url.protocol !== 'https:') refuse('starts with https://')
  if (isAddress(url.hostname) && !isPublic(bare(url.hostname))) refuse(shelf)
  return url
}

/** Every address of a name; none where it has none. */
export type Resolve = (name: string) => Promise<LookupAddress[]>

/** Asks the name servers themselves: no file of this machine's, no domain of its own tried behind the name, no thread held up. */
const resolveOutside: Resolve = async (name) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const [four, six] = await Promise.all([
    resolver.resolve4(name).catch((): string[] => []),
    resolver.resolve6(name).catch((): string[] => []),
  ])
  return [...four, ...six].map(asAddress)
}

/**
 * The addresses that a destination has now, all of which may be called: one that may not refuses them all, as nobody says which
 * of them a connection would take. Throws RefusedDestination, and NotSent for a host without any.
 */
export async function addressesOf({ hostname }: URL, resolve: Resolve = resolveOutside): Promise<LookupAddress[]> {
  if (isLoopback(hostname))
    return hostname === 'localhost' ? ['127.0.0.1', '::1'].map(asAddress) : [asAddress(bare(hostname))]
  const addresses = isAddress(hostname) ? [asAddress(bare(hostname))] : await resolve(hostname)
  if (addresses.length === 0) throw new NotSent('its host has no address')
  if (!addresses.every(({ address }) => isPublic(address))) throw new RefusedDestination(shelf)
  return addresses
}

function asAddress(address: string): LookupAddress {
  return { address, family: isIP(address) }
}

/** A host as a URL names it, without the brackets of IPv6. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** A URL's parser leaves an IPv4 address in its one usual form, however it was written, and IPv6 in brackets. */
function isAddress(hostname: string): boolean {
  return isIP(bare(hostname)) !== 0
}
