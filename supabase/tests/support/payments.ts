import { randomBytes, randomUUID } from 'node:crypto'
import { type Address, concatHex, encodeFunctionData, erc20Abi, type Hex, parseGwei, parseUnits } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { as } from '#lib/db/as.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import type { TestChain } from '#sandbox/chain/test-chain.ts'

// Payments that strangers and people's own wallets make on a real node, and what they pay.

export const network = 'mezo-testnet'
export const token = requireToken('MUSD', network).address
export const musd = (amount: number): bigint => parseUnits(String(amount), 18)

export type Payer = { address: Address; privateKey: Hex }

/** A wallet of the person's own at that address. */
export async function ownWallet(owner: PersonActor, address: Address): Promise<string> {
  const [row] = await as(owner)(
    (sql) => sql`select app.add_external_wallet(${network}, ${address.toLowerCase()}) as id`,
  )
  return row?.id
}

/** A link of the person's that asks for so much, or for any amount. */
export async function makeLink(
  owner: PersonActor,
  walletId: string,
  amount: number | null,
  expiresAt: Date | null = null,
) {
  const [row] = await as(owner)(
    (sql) => sql`select answer from app.create_link(${randomUUID()}, ${randomBytes(32)}, ${walletId}, 'MUSD',
      ${amount === null ? null : String(musd(amount))}, 'a test', ${expiresAt})`,
  )
  return row?.answer
}

/** Signs a transfer and gives it to the node, which has it in no block yet. */
export async function pay(
  chain: TestChain,
  payer: Payer,
  to: string,
  amount: number,
  {
    data = '0x',
    contract = token,
    nonce,
    tip = '1',
  }: { data?: Hex; contract?: Address; nonce?: number; tip?: string } = {},
): Promise<Hex> {
  const account = privateKeyToAccount(payer.privateKey)
  const call = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to as Address, musd(amount)] })
  const raw = await account.signTransaction({
    chainId: 31611,
    to: contract,
    data: concatHex([call, data]),
    nonce: nonce ?? (await chain.node.getTransactionCount({ address: payer.address, blockTag: 'pending' })),
    gas: 120_000n,
    maxFeePerGas: parseGwei('50'),
    maxPriorityFeePerGas: parseGwei(tip),
  })
  return await chain.node.sendRawTransaction({ serializedTransaction: raw })
}
