import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createPublicClient, formatUnits, http, isAddressEqual, parseAbiItem } from 'viem'
import { nowText } from '#sandbox/circle/ids.ts'
import type { Notify } from '#sandbox/circle/notify.ts'
import type { State, Transaction } from '#sandbox/circle/state.ts'
import type { Tokens } from '#sandbox/circle/tokens.ts'

const transferEvent = parseAbiItem('event Transfer(address indexed from, address indexed to, uint256 value)')

/** Sees tokens come into wallets, records each as an incoming transaction, once over restarts, and tells of it. */
export function watchInbound(options: {
  state: State
  notify: Notify
  tokens: Tokens
  rpcUrl: string
  log: (line: string) => void
}): { stop: () => Promise<void> } {
  const { state, notify, tokens, rpcUrl, log } = options
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: 10_000, retryCount: 0 }), cacheTime: 0 })
  const abort = new AbortController()

  const look = async () => {
    const head = Number(await client.getBlockNumber())
    const seen = state.seen.get('block')?.block
    if (seen === head) return
    // A chain that is shorter than what was seen began anew.
    const isNew = seen === undefined || seen > head
    const arrived = isNew ? [] : await arrivals(seen + 1, head)
    state.store.batch(() => {
      for (const transaction of arrived) {
        state.transactions.put(transaction.id, transaction)
        notify('transactions.inbound', transaction)
      }
      state.seen.put('block', { block: head })
    })
  }

  const arrivals = async (from: number, to: number): Promise<Transaction[]> => {
    const logs = await client.getLogs({
      event: transferEvent,
      fromBlock: BigInt(from),
      toBlock: BigInt(to),
      strict: true,
    })
    const found = logs.map(async ({ address, args, transactionHash, blockNumber, blockHash }) => {
      const wallets = state.wallets.all().filter((wallet) => isAddressEqual(wallet.address, args.to))
      const transactions = wallets.map(async (wallet): Promise<Transaction[]> => {
        const token = (await tokens.on(wallet.blockchain)).find(
          ({ tokenAddress }) => tokenAddress !== undefined && isAddressEqual(tokenAddress, address),
        )
        if (!token) return []
        const at = nowText()
        const transaction: Transaction = {
          id: randomUUID(),
          blockchain: wallet.blockchain,
          walletId: wallet.id,
          sourceAddress: args.from,
          destinationAddress: wallet.address,
          tokenId: token.id,
          contractAddress: address,
          amounts: [formatUnits(args.value, token.decimals)],
          nfts: null,
          state: 'COMPLETE',
          transactionType: 'INBOUND',
          custodyType: 'DEVELOPER',
          operation: 'TRANSFER',
          txHash: transactionHash,
          blockHeight: Number(blockNumber),
          blockHash,
          firstConfirmDate: at,
          createDate: at,
          updateDate: at,
        }
        return [transaction]
      })
      return (await Promise.all(transactions)).flat()
    })
    return (await Promise.all(found)).flat()
  }

  const watching = (async () => {
    while (!abort.signal.aborted) {
      await look().catch((error: unknown) => {
        if (!abort.signal.aborted)
          log(`incoming tokens are not seen: ${error instanceof Error ? error.message : error}`)
      })
      await wait(500, undefined, { signal: abort.signal }).catch(() => undefined)
    }
  })()
  return {
    stop: async () => {
      abort.abort()
      await watching
    },
  }
}
