import { erc20Abi, type PublicClient } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { nodeClients } from '#lib/rails/chain/client.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** The chain and our files disagree about a token. The message says on what; no money may move until it is settled. */
export class TokenCheckFailed extends Error {
  override name = 'TokenCheckFailed'
}

/**
 * Compares the pinned token with its chain: the chain's id, that there is code, the symbol, the decimals. Without a client it
 * asks every node of the network: each that answers has to agree, and one has to answer. Throws TokenCheckFailed with an
 * exact sentence when something differs, and the call's own error when nobody can be asked.
 */
export async function checkToken(network: Network, asset: Asset, client?: PublicClient): Promise<void> {
  if (client) return await checkAt(client, network, asset)
  const checks = await Promise.allSettled(nodeClients(network).map((node) => checkAt(node, network, asset)))
  const errors: unknown[] = checks.flatMap((check) => (check.status === 'rejected' ? [check.reason] : []))
  const failed = errors.find((error) => error instanceof TokenCheckFailed)
  if (failed !== undefined) throw failed
  if (errors.length === checks.length) throw errors[0]
}

async function checkAt(client: PublicClient, network: Network, asset: Asset): Promise<void> {
  const { chainId } = networks[network]
  const { address, symbol, decimals } = requireToken(asset, network)

  const foundChainId = await client.getChainId()
  if (foundChainId !== chainId) {
    throw new TokenCheckFailed(`The node for ${network} is of chain ${foundChainId}, not ${chainId}.`)
  }
  // Asked before the rest: a call to an address without code succeeds with nothing, which says little.
  if ((await client.getCode({ address })) === undefined) {
    throw new TokenCheckFailed(`${asset} on ${network} has no code at ${address}.`)
  }
  const contract = { address, abi: erc20Abi } as const
  const [foundSymbol, foundDecimals] = await Promise.all([
    client.readContract({ ...contract, functionName: 'symbol' }),
    client.readContract({ ...contract, functionName: 'decimals' }),
  ])
  if (foundSymbol !== symbol) {
    throw new TokenCheckFailed(`${asset} on ${network} at ${address} calls itself ${foundSymbol}, not ${symbol}.`)
  }
  if (foundDecimals !== decimals) {
    throw new TokenCheckFailed(`${asset} on ${network} at ${address} has ${foundDecimals} decimals, not ${decimals}.`)
  }
}
