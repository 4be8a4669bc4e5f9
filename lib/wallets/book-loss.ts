import { z } from 'zod'
import type { Actor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { notFound } from '#lib/http/problem.ts'
import { isAsset } from '#lib/money/assets.ts'

/**
 * Lets a wallet's ledger follow the chain, which holds less, once an operator knows where the money went; audited with the note.
 * Throws Problems: not_found, invalid_field, forbidden, wrong_state.
 */
export async function bookWalletLoss({
  actor,
  id,
  asset,
  note,
}: {
  actor: Actor
  id: string
  asset: string
  note: string
}): Promise<void> {
  if (actor.role !== 'authenticated' || !z.uuid().safeParse(id).success || !isAsset(asset)) throw notFound('wallet')
  await as(actor)((sql) => sql`select app.book_wallet_loss(${id}, ${asset}, ${note})`)
}
