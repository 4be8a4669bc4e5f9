import { randomBytes } from 'node:crypto'
import { seal, unseal } from '#lib/http/sealed.ts'

const purpose = 'webhook secret'

/** A new secret that webhooks are signed with, as Standard Webhooks writes one, and what is stored of it. */
export function newSecret(): { secret: string; sealed: Buffer } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  return { secret, sealed: seal(purpose, secret) }
}

/** The secret that was stored. */
export function openSecret(sealed: Uint8Array): string {
  return unseal(purpose, sealed)
}
