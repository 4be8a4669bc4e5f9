import { type Address, type Hex, type PublicClient, parseAbiItem } from 'viem'
import type { Asset, Network } from '#lib/money/assets.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'

/** A Transfer log of the pinned token, in a block that was canonical when it was read. */
export type TokenTransfer = {
  hash: Hex
  logIndex: number
  blockNumber: bigint
  blockHash: Hex
  blockTime: Date
  from: Address
  to: Address
  amount: bigint
  /** What its transaction was called with: a payment may name in it what it is for. */
  input: Hex
}

/** A reorganisation happened between two reads of one look. The next look sees one chain again. */
export class ChainMoved extends Error {
  override name = 'ChainMoved'
}

const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

/** Nodes refuse filters that are too long. */
const addressesAtOnce = 500

type Range = { network: Network; asset: Asset; fromBlock: bigint; toBlock: bigint }
type Log = Awaited<ReturnType<typeof logsOf>>[number]

/**
 * Every transfer of the pinned token in the blocks, to one of the recipients or from one of the payers, each once. Other contracts
 * are never asked, whatever they call themselves. All is read from one node. Throws ChainMoved when its chain changed meanwhile.
 */
export async function readTokenTransfers(
  client: PublicClient,
  { recipients, payers, ...range }: Range & { recipients: readonly Address[]; payers: readonly Address[] },
): Promise<TokenTransfer[]> {
  const found = [
    ...(await Promise.all(groups(recipients).map((to) => logsOf(client, range, { to })))),
    ...(await Promise.all(groups(payers).map((from) => logsOf(client, range, { from })))),
  ].flat()
  const logs = [...new Map(found.map((log) => [`${log.transactionHash} ${log.logIndex}`, log])).values()]
  const times = await blockTimes(client, logs)
  const inputs = await inputsOf(client, logs)
  return logs.map((log) => ({
    hash: log.transactionHash,
    logIndex: log.logIndex,
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    blockTime: times.get(log.blockHash) ?? moved(),
    from: log.args.from,
    to: log.args.to,
    amount: log.args.value,
    input: inputs.get(log.transactionHash) ?? moved(),
  }))
}

function logsOf(
  client: PublicClient,
  { network, asset, fromBlock, toBlock }: Range,
  args: { to?: Address[]; from?: Address[] },
) {
  const { address } = requireToken(asset, network)
  return client.getLogs({ address, event: transferEvent, args, fromBlock, toBlock, strict: true })
}

/** The time of each block by its hash; one that is canonical no more has none. */
async function blockTimes(client: PublicClient, logs: Log[]): Promise<Map<Hex, Date>> {
  const numbers = [...new Set(logs.map(({ blockNumber }) => blockNumber))]
  const blocks = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber })))
  return new Map(blocks.map(({ hash, timestamp }) => [hash, new Date(Number(timestamp) * 1000)]))
}

async function inputsOf(client: PublicClient, logs: Log[]): Promise<Map<Hex, Hex>> {
  const hashes = [...new Set(logs.map(({ transactionHash }) => transactionHash))]
  const transactions = await Promise.all(hashes.map((hash) => client.getTransaction({ hash })))
  return new Map(transactions.map(({ hash, input }) => [hash, input]))
}

function moved(): never {
  throw new ChainMoved('The chain was reorganised while it was read.')
}

function groups(addresses: readonly Address[]): Address[][] {
  const all: Address[][] = []
  for (let at = 0; at < addresses.length; at += addressesAtOnce) all.push(addresses.slice(at, at + addressesAtOnce))
  return all
}
