import { setTimeout as wait } from 'node:timers/promises'
import {
  BaseError,
  createPublicClient,
  ExecutionRevertedError,
  encodeFunctionData,
  erc20Abi,
  formatEther,
  http,
  parseUnits,
} from 'viem'

import { nowText } from '#sandbox/circle/ids.ts'
import type { Notify } from '#sandbox/circle/notify.ts'
import type { State, Transaction, TransactionState } from '#sandbox/circle/state.ts'
import type { Tokens } from '#sandbox/circle/tokens.ts'
import type { FaultBox } from '#sandbox/http/faults.ts'
import { createSender, InsufficientGas, type Sender } from '#sandbox/onchain/sender.ts'

export type TransferDesk = {
  /** Takes a transaction through its states, each stored and told of. */
  run: (transaction: Transaction) => void
  /** Takes up what a stop interrupted. */
  resume: () => void
  stop: () => Promise<void>
}

/** Moves transfers: INITIATED → QUEUED → SENT → CONFIRMED → COMPLETE, on the local chain; or FAILED with a reason. */
export function createTransferDesk(options: {
  state: State
  notify: Notify
  tokens: Tokens
  faults: FaultBox
  rpcUrl: string
  log: (line: string) => void
}): TransferDesk {
  const { state, notify, tokens, faults, rpcUrl, log } = options
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: 10_000, retryCount: 0 }), cacheTime: 0 })
  const senders = new Map<string, Sender>()
  const running = new Map<string, Promise<void>>()
  const abort = new AbortController()

  const move = (id: string, next: TransactionState, changes: Partial<Transaction> = {}) =>
    state.store.batch(() => {
      const transaction = state.transactions.get(id)
      if (!transaction || transaction.state === next) return
      const moved = { ...transaction, ...changes, state: next, updateDate: nowText() }
      state.transactions.put(id, moved)
      notify('transactions.outbound', moved)
    })

  const senderOf = (address: string): Sender => {
    const known = senders.get(address)
    if (known) return known
    const privateKey = state.keys.get(address)
    if (!privateKey) throw new Error(`no key for ${address}`)
    const sender = createSender({ rpcUrl, privateKey, store: state.store })
    senders.set(address, sender)
    return sender
  }

  const callFor = async ({ id, tokenId, destinationAddress, amounts }: Transaction) => {
    const token = await tokens.find(tokenId)
    const amount = parseUnits(amounts[0] ?? '0', token.decimals)
    if (token.tokenAddress === undefined) return { id, to: destinationAddress, value: amount }
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [destinationAddress, amount] })
    return { id, to: token.tokenAddress, data }
  }

  const settle = async (transaction: Transaction) => {
    const onSigned = (txHash: `0x${string}`) => move(transaction.id, 'SENT', { txHash })
    const call = await callFor(transaction)
    const sent = await senderOf(transaction.sourceAddress).send(call, { signal: abort.signal, onSigned })
    const receipt = await client.getTransactionReceipt({ hash: sent.hash })
    const facts = {
      txHash: sent.hash,
      blockHeight: Number(receipt.blockNumber),
      blockHash: receipt.blockHash,
      networkFee: formatEther(receipt.gasUsed * receipt.effectiveGasPrice),
    }
    if (sent.outcome === 'reverted') {
      return move(transaction.id, 'FAILED', { ...facts, errorReason: 'FAILED_ON_CHAIN', errorDetails: 'reverted' })
    }
    move(transaction.id, 'CONFIRMED', { ...facts, firstConfirmDate: nowText() })
    while ((await client.getBlockNumber()) <= receipt.blockNumber) await wait(200, undefined, { signal: abort.signal })
    move(transaction.id, 'COMPLETE')
  }

  const work = async (transaction: Transaction) => {
    if (transaction.state === 'INITIATED') {
      const forced = faults.takeTransactionState()
      move(transaction.id, 'QUEUED')
      if (forced === 'STUCK') return move(transaction.id, 'STUCK')
      if (forced) return move(transaction.id, forced, { errorReason: forced, errorDetails: 'The sandbox was told to.' })
    }
    for (;;) {
      try {
        return await settle(transaction)
      } catch (error) {
        if (abort.signal.aborted) return
        const errorReason = reasonOf(error)
        if (errorReason) return move(transaction.id, 'FAILED', { errorReason, errorDetails: firstLine(error) })
        log(`${transaction.id} waits: ${firstLine(error)}`)
        await wait(1000, undefined, { signal: abort.signal }).catch(() => undefined)
      }
    }
  }

  const run = (transaction: Transaction) => {
    if (running.has(transaction.id)) return
    running.set(
      transaction.id,
      work(transaction).finally(() => running.delete(transaction.id)),
    )
  }

  return {
    run,
    resume: () => {
      const open: TransactionState[] = ['INITIATED', 'QUEUED', 'SENT', 'CONFIRMED']
      for (const transaction of state.transactions.all()) if (open.includes(transaction.state)) run(transaction)
    },
    stop: async () => {
      abort.abort()
      await Promise.allSettled(running.values())
    },
  }
}

/** Why the chain will never take it; undefined when it only could not be asked. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof InsufficientGas) return 'INSUFFICIENT_NATIVE_TOKEN'
  if (error instanceof BaseError && error.walk((cause) => cause instanceof ExecutionRevertedError))
    return 'ESTIMATION_ERROR'
  return undefined
}

const firstLine = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
