import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { requestHash } from '#lib/http/idempotency.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound, Problem } from '#lib/http/problem.ts'
import { toOwnLink } from '#lib/links/link.ts'
import { CreateLinkInput, type OwnLink } from '#lib/links/schema.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { findToken } from '#lib/rails/chain/tokens.ts'

/**
 * A person asks others to pay into a wallet of theirs. The same request with the same key is one link. Throws link_not_distinct where
 * another open link of that wallet asks for the same, since nobody could tell their payments apart.
 */
export async function createLink(
  actor: Actor,
  request: CreateLinkInput,
  idempotencyKey: string,
): Promise<{ link: OwnLink; replayed: boolean }> {
  const person = requirePerson(actor)
  const { walletId, asset, units, note, expiresAt } = parseInput(CreateLinkInput, request)
  const [wallet] = await as(person)(
    (sql) => sql`select w.network from public.wallets w
    where w.id = ${walletId} and w.wallet_set_id = (select private.wallet_set_id())`,
  )
  if (!wallet) throw notFound('wallet')
  requireAsset(asset, wallet.network)
  const [row] = await as(person)(
    (
      sql,
    ) => sql`select answer, replayed from app.create_link(${idempotencyKey}, ${requestHash(request)}, ${walletId}, ${asset},
      ${units === null ? null : String(units)}, ${note ?? ''}, ${expiresAt ?? null})`,
  )
  return { link: toOwnLink(row?.answer), replayed: row?.replayed }
}

function requireAsset(asset: Asset, network: Network): void {
  if (findToken(asset, network)) return
  throw new Problem(
    422,
    'wrong_asset',
    `There is no ${asset} on ${networks[network].label}`,
    `This wallet is on ${networks[network].label}, where ${asset} does not live. Ask for another asset, or into another wallet.`,
    { field: 'asset' },
  )
}
