import {
  type Address,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  type Hex,
  isAddressEqual,
  keccak256,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializedEIP1559,
} from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import type { Fees } from '#lib/rails/chain/fees.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

export type Signed = {
  hash: Hex
  chainId: number
  from: Address
  nonce: number
  to: Address
  value: bigint
  data: Hex
  gas: bigint
  fees: Fees
}

/** Reads what a signed transaction says, and who signed it. Throws when it is not one of the kind we make (EIP-1559). */
export async function readSigned(raw: Hex): Promise<Signed> {
  // Cast: anything else than the type says throws in parsing.
  const serialized = raw as TransactionSerializedEIP1559
  const said = parseTransaction(serialized)
  if (said.type !== 'eip1559' || said.to === undefined || said.to === null || said.gas === undefined) {
    throw new Error('These bytes are not a transaction of ours.')
  }
  return {
    hash: keccak256(raw),
    chainId: said.chainId,
    from: await recoverTransactionAddress({ serializedTransaction: serialized }),
    nonce: said.nonce ?? 0,
    to: getAddress(said.to),
    value: said.value ?? 0n,
    data: said.data ?? '0x',
    gas: said.gas,
    fees: { maxFeePerGas: said.maxFeePerGas ?? 0n, maxPriorityFeePerGas: said.maxPriorityFeePerGas ?? 0n },
  }
}

/** What a transaction of ours is to do: move a token, or, without an asset, fill a nonce and move nothing. */
export type Purpose = { network: Network; from: Address; nonce: number; to: Address } & (
  | { asset: Asset; amount: bigint }
  | { asset: null }
)

/** The bytes say something else than what they were signed for. They are never broadcast. */
export class WrongTransaction extends Error {
  override name = 'WrongTransaction'
}

/**
 * Makes sure that signed bytes do what they are for and nothing else: this chain, this sender, this place in its order, this
 * token, this recipient, this amount. Two transactions that both pass for one purpose share their nonce, so at most one of
 * them is ever mined. Throws WrongTransaction naming what differs.
 */
export async function assertPurpose(raw: Hex, purpose: Purpose): Promise<Signed> {
  const signed = await readSigned(raw)
  const { network, from, nonce } = purpose
  const fill = purpose.asset === null
  const to = fill ? purpose.to : requireToken(purpose.asset, network).address
  const data = fill ? '0x' : transferData(purpose.to, purpose.amount)
  const differs: [what: string, differs: boolean][] = [
    ['chain', signed.chainId !== networks[network].chainId],
    ['sender', !isAddressEqual(signed.from, from)],
    ['nonce', signed.nonce !== nonce],
    [fill ? 'recipient' : 'token', !isAddressEqual(signed.to, to)],
    ['value', signed.value !== 0n],
    [fill ? 'data' : 'recipient or amount', signed.data !== data],
  ]
  const wrong = differs.filter(([, is]) => is).map(([what]) => what)
  if (wrong.length > 0)
    throw new WrongTransaction(`Signed bytes have another ${wrong.join(', ')} than what they are for.`)
  return signed
}

/** The call that moves an amount of a token to an address. */
export function transferData(to: Address, amount: bigint): Hex {
  return encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
}
