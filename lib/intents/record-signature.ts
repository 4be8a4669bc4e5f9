import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'
import { toIntent } from '#lib/intents/intent.ts'
import type { Intent } from '#lib/intents/schema.ts'
import { networks } from '#lib/rails/chain/networks.ts'

/** POST /intents/:id/signature */
export const SignatureInput = z.strictObject({
  hash: z
    .string('is the hash of a transaction')
    .regex(/^0x[0-9a-fA-F]{64}$/, 'is the hash of a transaction: 0x and 64 hexadecimal digits')
    .toLowerCase()
    .meta({
      description: 'The transaction that your wallet signed and sent.',
      example: `0x${'5f'.repeat(32)}`,
      override: { type: 'string', pattern: '^0x[0-9a-fA-F]{64}$' },
    }),
})
export type SignatureInput = z.input<typeof SignatureInput>

/**
 * A person names the transaction by which their own wallet pays. It may move from now on: it cannot be cancelled, and it is settled by
 * the token's Transfer on chain alone, of exactly this amount to exactly this address, whatever the transaction is called in the end.
 */
export async function recordSignature(actor: Actor, id: string, request: SignatureInput): Promise<Intent> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const { hash } = parseInput(SignatureInput, request)
  const [found] = await as(person)(
    (sql) => sql`select i.network from public.intents i
    where i.id = ${id} and i.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!found) throw notFound('payment')
  const required = networks[found.network as keyof typeof networks].confirmations
  const [row] = await as(person)((sql) => sql`select app.record_signature(${id}, ${hash}, ${required}) as intent`)
  return toIntent(row?.intent)
}
