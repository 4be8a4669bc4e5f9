import { type Address, type Hex, keccak256 } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { currentFees } from '#lib/rails/chain/fees.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { readSigned, transferData } from '#lib/rails/chain/read-signed.ts'
import type { Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** Gas is estimated and raised by a quarter: the recipient's balance may go from something to nothing meanwhile. */
const gasMarginPercent = 25n

export type SignedBytes = { raw: Hex; hash: Hex }

type Place = { signer: Signer; network: Network; nonce: number }

/**
 * Signs the transfer of a token and returns the bytes and the hash they will have on chain. It never broadcasts, so the
 * caller can store both first. Throws when the transfer would fail as things stand (too few tokens, for one), as found by
 * the node's estimate, and FeesAboveCap when the network is too dear; nothing has happened then, and the nonce is still free.
 */
export async function signTokenTransfer(
  transfer: Place & { asset: Asset; to: Address; amount: bigint },
): Promise<SignedBytes> {
  const { asset, network, to, amount } = transfer
  return await signCall(transfer, requireToken(asset, network).address, transferData(to, amount))
}

/** Signs a transaction that takes a place in the sender's order and does nothing: nothing, sent to itself. */
export async function signNonceFill(place: Place): Promise<SignedBytes> {
  return await signCall(place, place.signer.address, '0x')
}

async function signCall({ signer, network, nonce }: Place, to: Address, data: Hex): Promise<SignedBytes> {
  const [fees, gas] = await Promise.all([
    currentFees(network),
    publicClient(network).estimateGas({ account: signer.address, to, data }),
  ])
  const { chainId } = networks[network]
  const raw = await signer.signTransaction({
    type: 'eip1559',
    chainId,
    to,
    data,
    nonce,
    gas: (gas * (100n + gasMarginPercent)) / 100n,
    ...fees,
  })
  return { raw, hash: keccak256(raw) }
}

/**
 * Signs the same transaction once more with fees that make nodes put it in the place of the one that waits. All that it does is
 * taken from those bytes, so whichever of the two is mined, the other never is. Throws FeesAboveCap where the cap leaves no room.
 */
export async function signReplacement(replace: { signer: Signer; network: Network; raw: Hex }): Promise<SignedBytes> {
  const { chainId, nonce, to, value, data, gas, fees } = await readSigned(replace.raw)
  const higher = await currentFees(replace.network, fees)
  const raw = await replace.signer.signTransaction({ type: 'eip1559', chainId, nonce, to, value, data, gas, ...higher })
  return { raw, hash: keccak256(raw) }
}
