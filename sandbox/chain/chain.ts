import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Address, getContractAddress } from 'viem'
import { parseAmount } from '#lib/money/amount.ts'
import type { Asset } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type ChainAccounts, chainAccounts } from '#sandbox/chain/accounts.ts'
import { type Anvil, startAnvil } from '#sandbox/chain/anvil.ts'
import { deployReceipt, placeTokens } from '#sandbox/chain/deploy.ts'
import { startExplorer } from '#sandbox/chain/explorer.ts'
import { addGas, mintToken } from '#sandbox/chain/mint.ts'
import { type NodeClient, nodeClient } from '#sandbox/chain/node.ts'

export type Chain = {
  rpcUrl: string
  explorerUrl: string
  chainId: number
  tokens: { MUSD: Address; USDC: Address; receiptNft: Address }
  accounts: ChainAccounts
  /** Resolves when the node is gone, whoever ended it. */
  exited: Promise<void>
  stop: () => Promise<void>
}

const { chainId } = networks['mezo-testnet']

const tokens = {
  MUSD: requireToken('MUSD', 'mezo-testnet').address,
  USDC: requireToken('USDC', 'mezo-testnet').address,
}

/** What each account starts with, in whole tokens. Stripe's and Circle's are as good as endless. */
const grants: [name: keyof ChainAccounts, asset: Asset, amount: string][] = [
  ['treasury', 'MUSD', '100000'],
  ['stripe', 'USDC', '1000000000'],
  ['circle', 'USDC', '1000000000'],
  ['testWallet', 'USDC', '1000'],
  ['testWallet', 'MUSD', '1000'],
]

/** How many transactions the deployer sends before the receipt's contract, which comes last: two tokens and the grants. */
const receiptNonce = BigInt(2 + grants.length)

/**
 * Starts the local chain: a node that answers as Mezo testnet does, with the tokens at their pinned addresses, funded
 * accounts, a block a second, and a page to look at it. Everything is kept in `dir`, so a second start continues the
 * same chain. Ports are any free ones unless given.
 */
export async function startChain(options: { dir: string; port?: number; explorerPort?: number }): Promise<Chain> {
  mkdirSync(options.dir, { recursive: true })
  const accounts = chainAccounts(options.dir)
  const receiptNft = getContractAddress({ from: accounts.deployer.address, nonce: receiptNonce })
  const stateFile = join(options.dir, 'state.json')

  const start = (): Promise<Anvil> =>
    startAnvil({ chainId, blockTime: 1, stateFile, ...(options.port === undefined ? {} : { port: options.port }) })
  const isWhole = async (anvil: Anvil): Promise<boolean> =>
    (await nodeClient(anvil.rpcUrl).getCode({ address: receiptNft })) !== undefined

  let anvil = await start()
  try {
    if (!(await isWhole(anvil))) {
      // A first start that was cut short may have left half a world in the file. The receipt's contract is the last
      // thing to be made, so without it everything is made again, on an empty chain.
      if (existsSync(stateFile)) {
        await anvil.stop()
        rmSync(stateFile)
        anvil = await start()
      }
      await provision(nodeClient(anvil.rpcUrl), anvil.rpcUrl, accounts)
      if (!(await isWhole(anvil))) throw new Error('The local chain was not set up as planned.')
    }
    const explorer = await startExplorer({ rpcUrl: anvil.rpcUrl, port: options.explorerPort ?? 0 })
    const stop = async (): Promise<void> => {
      await explorer.stop()
      await anvil.stop()
    }
    const world = { chainId, tokens: { ...tokens, receiptNft }, accounts, exited: anvil.exited, stop }
    return { rpcUrl: anvil.rpcUrl, explorerUrl: explorer.url, ...world }
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

async function provision(node: NodeClient, rpcUrl: string, accounts: ChainAccounts): Promise<void> {
  for (const { address } of Object.values(accounts))
    await addGas({ rpcUrl, to: address, amount: parseAmount('100', 18) })
  await placeTokens(node, accounts.deployer.address)
  const mints = grants.map(async ([name, asset, amount]) => {
    const { decimals } = requireToken(asset, 'mezo-testnet')
    await mintToken({ rpcUrl, asset, to: accounts[name].address, amount: parseAmount(amount, decimals) })
  })
  await Promise.all(mints)
  await deployReceipt(node, accounts.deployer.address, accounts.treasury.address)
}
