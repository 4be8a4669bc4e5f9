import { z } from 'zod'
import type { AgentActor, PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import type { Wallet } from '#lib/wallets/schema.ts'
import { toWallet, walletJson } from '#lib/wallets/wallet.ts'

/** One wallet with what it holds. For others than its person and its agent it does not exist. */
export async function getWallet(actor: PersonActor | AgentActor, id: string): Promise<Wallet> {
  if (!z.uuid().safeParse(id).success) throw notFound('wallet')
  const [row] = await as(actor)(
    (sql) => sql`select ${walletJson(sql)} as wallet from public.wallets w
      where w.id = ${id} and w.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!row) throw notFound('wallet')
  return toWallet(row.wallet)
}
