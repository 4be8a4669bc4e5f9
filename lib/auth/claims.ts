import { z } from 'zod'
import type { PersonActor } from '#lib/auth/actor.ts'

/** People may write what they like into their metadata, so a shape we do not know says nothing against them. */
const Metadata = z
  .object({ custom_claims: z.object({ address: z.string().max(64) }) })
  .optional()
  .catch(undefined)

/** What one of our accounts' verified tokens carries. Another role (service_role, anon) is not a person. */
const PersonClaims = z.object({
  sub: z.uuid(),
  role: z.literal('authenticated'),
  email: z.string().optional(),
  is_anonymous: z.boolean().optional(),
  user_metadata: Metadata,
})

/** A signed-in person: the actor, and the wallet address they signed in with. The address is for display only: its owner can edit it. */
export type Person = { actor: PersonActor; address: string | null }

/** The person whom verified claims speak of; undefined when they speak of no person. */
export function personOfClaims(claims: unknown): Person | undefined {
  const parsed = PersonClaims.safeParse(claims)
  if (!parsed.success) return undefined
  const { sub, email, is_anonymous, user_metadata } = parsed.data
  return {
    actor: {
      role: 'authenticated',
      userId: sub,
      isAnonymous: is_anonymous === true,
      ...(email ? { email } : {}),
    },
    address: user_metadata?.custom_claims.address ?? null,
  }
}
