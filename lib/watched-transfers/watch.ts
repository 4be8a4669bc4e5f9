import type { Address, Hex, PublicClient } from 'viem'
import { z } from 'zod'
import { as } from '#lib/db/as.ts'
import { readLinkReference } from '#lib/links/reference.ts'
import { type Asset, assetNames, type Network, networkNames } from '#lib/money/assets.ts'
import { blockSince } from '#lib/rails/chain/block-since.ts'
import { freshestClient } from '#lib/rails/chain/client.ts'
import { networks } from '#lib/rails/chain/networks.ts'
import { readTokenTransfers, type TokenTransfer } from '#lib/rails/chain/token-transfers.ts'
import { lookAtNamed, type Named } from '#lib/watched-transfers/look-at-named.ts'

export const WatchedToken = z.object({ network: z.enum(networkNames), asset: z.enum(assetNames) })
type WatchedToken = { network: Network; asset: Asset }

type Watch = {
  readAt: string
  since: string
  recipients: Address[]
  payers: Address[]
  scannedBlock: number | null
  named: Named[]
}

/** Public nodes answer for no more at once. What is left is read by the next look, at once. */
const blocksAtOnce = 1_000n
/** Blocks are stamped by their makers, whose clocks differ from ours by a little. */
const slackMs = 10_000

const worker = as({ role: 'worker' })

/**
 * Looks once at a token's transfers to and from whom something is awaited, and records them all. What is deep enough is final and
 * never read again; everything above it is read at each look, so that a reorganisation undoes what it undid. The database decides what
 * a transfer means, and queues the next look.
 */
export async function watchPayments(token: WatchedToken): Promise<void> {
  const { network, asset } = token
  const [row] = await worker((sql) => sql`select app.read_watch(${network}, ${asset}) as watch`)
  const watch: Watch | null = row?.watch ?? null
  if (!watch) {
    await worker((sql) => sql`select app.stop_watch(${network}, ${asset})`)
    return
  }
  const client = await freshestClient(network)
  await scan(client, token, watch)
  for (const named of watch.named) await lookAtNamed(client, network, named)
}

async function scan(client: PublicClient, { network, asset }: WatchedToken, watch: Watch): Promise<void> {
  const { confirmations: required } = networks[network]
  const fromBlock =
    watch.scannedBlock === null ? await firstBlock(client, network, watch.since) : BigInt(watch.scannedBlock) + 1n
  const head = await client.getBlockNumber()
  const toBlock = head < fromBlock + blocksAtOnce ? head : fromBlock + blocksAtOnce - 1n
  const { recipients, payers } = watch
  const transfers =
    toBlock < fromBlock
      ? []
      : await readTokenTransfers(client, { network, asset, fromBlock, toBlock, recipients, payers })
  const final = await finalBlock(client, { fromBlock, toBlock, deepest: head - BigInt(required) + 1n })
  await worker(
    (
      sql,
    ) => sql`select app.record_watch(${network}, ${asset}, ${watch.readAt}, ${String(fromBlock)}, ${String(toBlock)},
      ${String(final.number)}, ${final.time}, ${String(head)}, ${required}, ${sql.json(transfers.map(toLog))})`,
  )
}

/** Where the first look begins: before anything that is awaited, and before what a reorganisation may still change. */
async function firstBlock(client: PublicClient, network: Network, since: string): Promise<bigint> {
  const block = await blockSince(client, new Date(Date.parse(since) - slackMs))
  const before = block - BigInt(networks[network].confirmations)
  return before < 0n ? 0n : before
}

/** Up to where nothing will change any more, and when that was. */
async function finalBlock(
  client: PublicClient,
  { fromBlock, toBlock, deepest }: { fromBlock: bigint; toBlock: bigint; deepest: bigint },
): Promise<{ number: bigint; time: Date }> {
  const read = deepest < toBlock ? deepest : toBlock
  const number = read < fromBlock - 1n ? fromBlock - 1n : read
  if (number < 0n) return { number, time: new Date(0) }
  const { timestamp } = await client.getBlock({ blockNumber: number })
  return { number, time: new Date(Number(timestamp) * 1000) }
}

function toLog(transfer: TokenTransfer) {
  return {
    hash: transfer.hash satisfies Hex,
    logIndex: transfer.logIndex,
    blockNumber: String(transfer.blockNumber),
    blockHash: transfer.blockHash,
    blockTime: transfer.blockTime.toISOString(),
    from: transfer.from.toLowerCase(),
    to: transfer.to.toLowerCase(),
    amount: String(transfer.amount),
    reference: readLinkReference(transfer.input),
  }
}
