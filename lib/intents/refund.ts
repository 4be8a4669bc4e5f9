import { isHash } from 'viem'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound, Problem } from '#lib/http/problem.ts'
import type { Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { type Observation, observeTransfer } from '#lib/rails/chain/observe.ts'

/** POST /intents/:id/refund */
export const RefundInput = z.strictObject({
  hash: z
    .string('is the hash of a transaction')
    .toLowerCase()
    .refine((text) => isHash(text), 'is the hash of a transaction: 0x and 64 hexadecimal digits')
    .meta({
      description: 'The transaction that brought the money back.',
      example: `0x${'4d'.repeat(32)}`,
      override: { type: 'string', pattern: '^0x[0-9a-fA-F]{64}$' },
    }),
})
export type RefundInput = z.input<typeof RefundInput>

/**
 * Links the transfer by which a settled payment came back. The chain is read for it; it has to bring the whole amount, from
 * whoever was paid unless an operator says otherwise. The budgets get back what the payment took. Linking it twice is linking it once.
 */
export async function refundIntent(actor: Actor, id: string, request: RefundInput): Promise<void> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const { hash } = parseInput(RefundInput, request)
  const [intent] = await as(person)(
    (sql) => sql`select i.network, i.asset, w.address from public.intents i join public.wallets w on w.id = i.wallet_id
      where i.id = ${id}`,
  )
  if (!intent) throw notFound('payment')
  const { network, asset, address } = intent
  const seen = await observeTransfer({ network, asset, hash, to: address })
  if (seen.state !== 'included') throw notThere(seen)
  const isFinal = seen.confirmations >= networks[network as Network].confirmations
  await as({ role: 'worker' })(
    (sql) => sql`select app.refund_intent(${id}, ${person.userId}, ${hash}, ${seen.from.toLowerCase()},
      ${String(seen.amount)}, ${seen.logIndex}, ${String(seen.blockNumber)}, ${isFinal})`,
  )
}

function notThere({ state }: Observation): Problem {
  return state === 'absent' || state === 'pending'
    ? new Problem(
        422,
        'refund_not_final',
        'Not there yet',
        'No block has that transaction yet. Try again once it has arrived.',
      )
    : new Problem(
        422,
        'refund_differs',
        'Not the refund',
        'That transaction does not bring exactly one amount of this asset to the wallet.',
      )
}
