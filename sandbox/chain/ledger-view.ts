import {
  type Address,
  getAddress,
  type Hex,
  parseAbiItem,
  TransactionNotFoundError,
  TransactionReceiptNotFoundError,
} from 'viem'
import { formatAmount } from '#lib/money/amount.ts'
import { type Token, tokens } from '#lib/rails/chain/tokens.ts'
import type { NodeClient } from '#sandbox/chain/node.ts'

/** What the explorer shows, read from the node anew for each page. */
export type TransferView = { hash: Hex; block: bigint; symbol: string; amount: string; from: Address; to: Address }

export type TransactionView = {
  hash: Hex
  status: 'pending' | 'success' | 'reverted'
  from: Address
  to: Address | null
  nonce: number
  block?: { number: bigint; hash: Hex; at: Date; confirmations: bigint }
  fee?: string
  transfers: TransferView[]
}

export type AddressView = {
  address: Address
  balances: { symbol: string; amount: string }[]
  transfers: TransferView[]
}

const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')
const local = tokens.filter(({ network }) => network === 'mezo-testnet')
const addresses = local.map(({ address }) => address)

type TransferLog = {
  address: Address
  transactionHash: Hex
  blockNumber: bigint
  args: { from: Address; to: Address; value: bigint }
}

function transferView(log: TransferLog): TransferView {
  const token = local.find(({ address }) => address.toLowerCase() === log.address.toLowerCase())
  const amount = token === undefined ? log.args.value.toString() : formatAmount(log.args.value, token.decimals)
  const { from, to } = log.args
  return { hash: log.transactionHash, block: log.blockNumber, symbol: token?.asset ?? '?', amount, from, to }
}

async function transfers(node: NodeClient, args: { from?: Address; to?: Address }): Promise<TransferView[]> {
  const logs = await node.getLogs({ address: addresses, event: transferEvent, args, fromBlock: 0n, strict: true })
  return logs.map(transferView)
}

/** The latest transfers of the known tokens, newest first. */
export async function latestTransfers(node: NodeClient): Promise<TransferView[]> {
  return (await transfers(node, {})).reverse().slice(0, 50)
}

/** An address, with what it holds and the transfers from and to it, newest first. */
export async function viewAddress(node: NodeClient, address: Address): Promise<AddressView> {
  const [out, into, gas, ...balances] = await Promise.all([
    transfers(node, { from: address }),
    transfers(node, { to: address }),
    node.getBalance({ address }),
    ...local.map((token) => balanceOf(node, token, address)),
  ])
  const both = [...out, ...into.filter(({ from }) => from !== address)]
  both.sort((a, b) => Number(b.block - a.block))
  return {
    address,
    balances: [...balances, { symbol: 'BTC (gas)', amount: formatAmount(gas, 18) }],
    transfers: both.slice(0, 100),
  }
}

async function balanceOf(node: NodeClient, token: Token, owner: Address): Promise<{ symbol: string; amount: string }> {
  const abi = [parseAbiItem('function balanceOf(address) view returns (uint256)')]
  const units = await node.readContract({ address: token.address, abi, functionName: 'balanceOf', args: [owner] })
  return { symbol: token.asset, amount: formatAmount(units, token.decimals) }
}

/** A transaction, or undefined if the chain has never seen it. */
export async function viewTransaction(node: NodeClient, hash: Hex): Promise<TransactionView | undefined> {
  const transaction = await node.getTransaction({ hash }).catch(orUndefined(TransactionNotFoundError))
  if (transaction === undefined) return undefined
  const { nonce } = transaction
  // The node spells them in lower case here; a reader compares them with the checksum spelling.
  const from = getAddress(transaction.from)
  const to = transaction.to === null ? null : getAddress(transaction.to)
  const receipt = await node.getTransactionReceipt({ hash }).catch(orUndefined(TransactionReceiptNotFoundError))
  if (receipt === undefined) return { hash, status: 'pending', from, to, nonce, transfers: [] }
  const [block, head, all] = await Promise.all([
    node.getBlock({ blockNumber: receipt.blockNumber }),
    node.getBlockNumber(),
    node.getLogs({
      address: addresses,
      event: transferEvent,
      fromBlock: receipt.blockNumber,
      toBlock: receipt.blockNumber,
      strict: true,
    }),
  ])
  const at = new Date(Number(block.timestamp) * 1000)
  return {
    hash,
    status: receipt.status,
    from,
    to,
    nonce,
    block: { number: receipt.blockNumber, hash: receipt.blockHash, at, confirmations: head - receipt.blockNumber + 1n },
    fee: `${formatAmount(receipt.gasUsed * receipt.effectiveGasPrice, 18)} BTC`,
    transfers: all.filter((log) => log.transactionHash === hash).map(transferView),
  }
}

function orUndefined(absent: new (...args: never[]) => Error): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof absent) return undefined
    throw error
  }
}
