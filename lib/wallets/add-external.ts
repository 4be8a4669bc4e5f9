import type { Actor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { getWallet } from '#lib/wallets/get.ts'
import { ExternalWalletInput, type Wallet } from '#lib/wallets/schema.ts'

/** A person names a wallet of their own, which they alone sign for. Naming it twice is naming it once. */
export async function addExternalWallet(actor: Actor, request: ExternalWalletInput): Promise<Wallet> {
  const person = requirePerson(actor)
  const { network, address } = parseInput(ExternalWalletInput, request)
  const [row] = await as(person)(
    (sql) => sql`select app.add_external_wallet(${network}, ${address.toLowerCase()}) as id`,
  )
  return await getWallet(person, row?.id)
}
