import { getCACertificates, setDefaultCACertificates } from 'node:tls'

const trusted = new Set<string>()

/**
 * Lets this process trust a certificate authority beside the well-known ones. Supabase signs its databases' certificates itself.
 * Of our two drivers, each reads every other way of saying so in a connection string differently from the other; what both
 * understand is sslmode=verify-full with an authority that Node trusts.
 */
export function trustAuthority(pem: string): void {
  if (trusted.has(pem)) return
  setDefaultCACertificates([...getCACertificates('default'), pem])
  trusted.add(pem)
}
