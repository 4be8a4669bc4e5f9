import { type Address, encodeFunctionData, erc20Abi, type Hex, parseAbiItem, parseGwei, parseUnits } from 'viem'
import type { Asset } from '#lib/money/assets.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startAnvil } from '#sandbox/chain/anvil.ts'
import { placeTokens } from '#sandbox/chain/deploy.ts'
import { tokenAbi } from '#sandbox/chain/mint.ts'
import { type NodeClient, nodeClient, sendAs } from '#sandbox/chain/node.ts'
import type { Clock } from '#sim/clock.ts'
import { createRandom } from '#sim/random.ts'

export type Moved = { hash: Hex; from: Address; to: Address; amount: bigint }

export type Chain = {
  node: NodeClient
  rpcUrl: string
  /** The treasury's key, and Stripe's; a cold wallet of the treasury's owner. */
  treasury: Signer & { privateKey: Hex }
  stripe: Signer
  cold: Address
  /** Makes so many blocks of what waits. */
  mine: (blocks: number) => Promise<void>
  /** Takes the newest blocks back with all that is in them, and makes as many new ones. Returns what was in them, in order. */
  reorganise: (depth: number) => Promise<Hex[]>
  /** Makes new tokens, and the block that has them. */
  mint: (asset: Asset, to: Address, amount: bigint) => Promise<void>
  /** Every Transfer of the asset in the chain as it is now. */
  moved: (asset: Asset) => Promise<Moved[]>
  balance: (asset: Asset, of: Address) => Promise<bigint>
  /** Signs a transfer of the asset in the key's name, without sending it. */
  signed: (
    signer: Signer,
    call: { asset: Asset; to: Address; amount: bigint; nonce: number; gwei: string },
  ) => Promise<Hex>
  /** Offers bytes to the node. False where it does not take them. */
  offer: (raw: Hex) => Promise<boolean>
  isKnown: (hash: Hex) => Promise<boolean>
  isMined: (hash: Hex) => Promise<boolean>
  /** Takes a transaction out of the pool. */
  drop: (hash: Hex) => Promise<void>
  /** What waits in the pool from this address. */
  waiting: (from: Address) => Promise<Hex[]>
  stop: () => Promise<void>
}

export const network = 'mezo-testnet'
const { chainId } = networks[network]
const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

/** A key that is the same in every run; on no chain but a simulated one does it own anything. */
export const keyOf = (name: string): Hex => `0x${createRandom(`key of ${name}`).bytes(32).toString('hex')}`

const plenty = parseUnits('1000', 18)

/** A chain whose blocks come when the run asks for them, with the tokens where the app expects them. */
export async function startChain(clock: Pick<Clock, 'now'>): Promise<Chain> {
  const anvil = await startAnvil({ chainId, history: 128 })
  const { rpcUrl } = anvil
  const node = nodeClient(rpcUrl)
  const treasuryKey = keyOf('treasury')
  const treasury = { ...localSigner(treasuryKey), privateKey: treasuryKey }
  const stripe = localSigner(keyOf('stripe'))
  const owner = localSigner(keyOf('owner of the tokens')).address
  for (const { address } of [treasury, stripe, { address: owner }]) await node.setBalance({ address, value: plenty })
  await placeTokens(node, owner)
  await node.setAutomine(false)
  // Cast: viem has no action for these.
  const request = node.request as unknown as (call: { method: string; params: unknown[] }) => Promise<unknown>

  const mine = async (blocks: number): Promise<void> => {
    for (let block = 0; block < blocks; block += 1) {
      const { timestamp } = await node.getBlock()
      const now = BigInt(Math.floor(clock.now() / 1000))
      await node.setNextBlockTimestamp({ timestamp: now > timestamp ? now : timestamp + 1n })
      await node.mine({ blocks: 1 })
    }
  }

  return {
    node,
    rpcUrl,
    treasury,
    stripe,
    cold: localSigner(keyOf('cold wallet')).address,
    mine,
    reorganise: async (depth) => {
      const head = await node.getBlockNumber()
      const numbers = Array.from({ length: depth }, (_, index) => head - BigInt(depth - 1 - index))
      const lost = await Promise.all(
        numbers.map(async (blockNumber) => (await node.getBlock({ blockNumber })).transactions),
      )
      await request({ method: 'anvil_reorg', params: [depth, []] })
      return lost.flat()
    },
    mint: async (asset, to, amount) => {
      const { address } = requireToken(asset, network)
      await sendAs(node, {
        from: owner,
        to: address,
        data: encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [to, amount] }),
      })
      await mine(1)
    },
    moved: async (asset) => {
      const { address } = requireToken(asset, network)
      const logs = await node.getLogs({ address, event: transferEvent, fromBlock: 0n, strict: true })
      return logs.map(({ args: { from, to, value }, transactionHash: hash }) => ({ hash, from, to, amount: value }))
    },
    balance: async (asset, of) =>
      await node.readContract({
        address: requireToken(asset, network).address,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [of],
      }),
    signed: async (signer, { asset, to, amount, nonce, gwei }) => {
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] })
      const fees = { maxFeePerGas: parseGwei(gwei), maxPriorityFeePerGas: parseGwei('1') }
      const place = {
        type: 'eip1559',
        chainId,
        to: requireToken(asset, network).address,
        nonce,
        gas: 100_000n,
      } as const
      return await signer.signTransaction({ ...place, data, ...fees })
    },
    offer: async (raw) => {
      const answer = await node.sendRawTransaction({ serializedTransaction: raw }).catch(() => undefined)
      return answer !== undefined
    },
    isKnown: async (hash) => (await request({ method: 'eth_getTransactionByHash', params: [hash] })) !== null,
    isMined: async (hash) => (await request({ method: 'eth_getTransactionReceipt', params: [hash] })) !== null,
    drop: async (hash) => void (await request({ method: 'anvil_dropTransaction', params: [hash] })),
    waiting: async (from) => {
      const pool = (await request({ method: 'txpool_content', params: [] })) as Pool
      const places = [pool.pending, pool.queued].flatMap((part) =>
        Object.entries(part).flatMap(([address, byNonce]) =>
          address.toLowerCase() === from.toLowerCase() ? Object.values(byNonce) : [],
        ),
      )
      return places.map(({ hash }) => hash)
    },
    stop: anvil.stop,
  }
}

type Pool = Record<'pending' | 'queued', Record<string, Record<string, { hash: Hex }>>>
