import { getAddress } from 'viem'
import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { notFound, Problem } from '#lib/http/problem.ts'
import { formatAmount } from '#lib/money/amount.ts'
import { assetNames } from '#lib/money/assets.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { walletChain } from '#lib/rails/chain/wallet-chain.ts'

const address = (description: string) =>
  z.string().meta({ description, example: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })

/** GET /intents/:id/signature */
export const SignatureRequest = z
  .object({
    chain: z
      .object({
        chainId: z.number().int(),
        name: z.string(),
        nativeCurrency: z.object({ name: z.string(), symbol: z.string(), decimals: z.number().int() }),
        rpcUrl: z.string(),
        explorerUrl: z.string(),
      })
      .meta({ description: 'The chain as a wallet is told of it.' }),
    asset: z.enum(assetNames),
    token: address('The contract whose transfer(to, units) is to be called.'),
    from: address('The wallet that has to sign.'),
    to: address('Who is paid.'),
    amount: z.string().meta({ description: 'What is paid, as a decimal text.', example: '10.00' }),
    units: z.string().meta({ description: 'The same in the token’s base units.', example: '10000000' }),
  })
  .meta({ id: 'SignatureRequest' })
export type SignatureRequest = z.infer<typeof SignatureRequest>

/** Exactly what a person's own wallet has to sign, for a payment that waits for it. Throws wrong_state where it does not. */
export async function signatureRequest(actor: Actor, id: string): Promise<SignatureRequest> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(id).success) throw notFound('payment')
  const [row] = await as(person)(
    (sql) => sql`select i.status, i.network, i.asset, i.amount::text, i.recipient_address, w.address as payer
      from public.intents i join public.wallets w on w.id = i.wallet_id
      where i.id = ${id} and i.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row) throw notFound('payment')
  if (row.status !== 'awaiting_signature') {
    throw new Problem(
      409,
      'wrong_state',
      'Not possible now',
      `This payment does not wait for a signature: it is ${String(row.status).replaceAll('_', ' ')}. Sign nothing for it.`,
    )
  }
  const { address: token, decimals } = requireToken(row.asset, row.network)
  return {
    chain: walletChain(row.network),
    asset: row.asset,
    token,
    from: getAddress(row.payer),
    to: getAddress(row.recipient_address),
    amount: formatAmount(BigInt(row.amount), decimals, { minimumDecimals: 2 }),
    units: row.amount,
  }
}
