import { InviteCode } from '#lib/codes/schema.ts'
import { env } from '#lib/env.ts'
import { unseal } from '#lib/http/sealed.ts'

/** For what codes are sealed. */
export const purpose = 'invite-code'

const iso = (text: string): string => new Date(text).toISOString()

/** What private.code_json() makes of a code. */
export type StoredCode = {
  sealed: string
  expiresAt: string
  revokedAt: string | null
  createdAt: string
  redemptions: { name: string | null; at: string }[]
}

/** A code as its owner sees it. */
export function toInviteCode({ sealed, ...stored }: StoredCode): InviteCode {
  const code = unseal(purpose, Buffer.from(sealed, 'base64'))
  return InviteCode.parse({
    ...stored,
    code,
    url: `${env().APP_URL}/r/${code}`,
    expiresAt: iso(stored.expiresAt),
    revokedAt: stored.revokedAt && iso(stored.revokedAt),
    createdAt: iso(stored.createdAt),
    redemptions: stored.redemptions.map((redemption) => ({ ...redemption, at: iso(redemption.at) })),
  })
}
