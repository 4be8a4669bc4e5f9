import { type Address, encodeFunctionData, erc20Abi, type Hex, keccak256 } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import type { Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/**
 * The cap is this many times the present base fee, and the tip. The base fee grows by an eighth a block at the most, so
 * twice is six full blocks of waiting before the transaction is too cheap; what is not needed is not charged.
 */
const baseFeeMultiplier = 2n

/** Gas is estimated and raised by a quarter: the recipient's balance may go from something to nothing meanwhile. */
const gasMarginPercent = 25n

export type TokenTransfer = {
  signer: Signer
  network: Network
  asset: Asset
  to: Address
  amount: bigint
  nonce: number
}

/**
 * Signs the transfer of a token and returns the bytes and the hash they will have on chain. It never broadcasts, so the
 * caller can store both first. Throws when the transfer would fail as things stand (too few tokens, for one), as found by
 * the node's estimate; nothing has happened then, and the nonce is still free.
 */
export async function signTokenTransfer(transfer: TokenTransfer): Promise<{ raw: Hex; hash: Hex }> {
  const { signer, network, asset, to, amount, nonce } = transfer
  const client = publicClient(network)
  const token = requireToken(asset, network)
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
  const [block, tip, gas] = await Promise.all([
    client.getBlock({ blockTag: 'latest' }),
    client.estimateMaxPriorityFeePerGas(),
    client.estimateGas({ account: signer.address, to: token.address, data }),
  ])
  if (block.baseFeePerGas === null) throw new Error(`${network} has no base fee, so its fees are not EIP-1559.`)
  const raw = await signer.signTransaction({
    type: 'eip1559',
    chainId: networks[network].chainId,
    to: token.address,
    data,
    nonce,
    gas: (gas * (100n + gasMarginPercent)) / 100n,
    maxPriorityFeePerGas: tip,
    maxFeePerGas: block.baseFeePerGas * baseFeeMultiplier + tip,
  })
  return { raw, hash: keccak256(raw) }
}
