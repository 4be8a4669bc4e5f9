import { setTimeout as wait } from 'node:timers/promises'
import { type Address, createPublicClient, type Hash, type Hex, http, keccak256, TransactionNotFoundError } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

import type { Store } from '#sandbox/http/store.ts'

type Signed = { id: string; nonce: number; hash: Hash; raw: Hex; outcome: 'open' | 'success' | 'reverted' }

/** The account has too little of the native coin. Nothing was signed. */
export class InsufficientGas extends Error {
  override name = 'InsufficientGas'
}

export type Sending = { id: string; to: Address; data?: Hex; value?: bigint }

export type Sender = {
  address: Address
  /**
   * Sends one transaction for `id`, however often it is asked and over restarts, and waits until it is in a block.
   * `onSigned` hears the hash before the bytes leave. Throws when the node refuses it or cannot be reached: ask again.
   */
  send: (
    sending: Sending,
    options: { signal: AbortSignal; onSigned?: (hash: Hash) => void },
  ) => Promise<{ hash: Hash; outcome: 'success' | 'reverted' }>
}

/** Sends from one account: nonces are given one at a time, and signed bytes are stored before they are broadcast. */
export function createSender({ rpcUrl, privateKey, store }: { rpcUrl: string; privateKey: Hex; store: Store }): Sender {
  const account = privateKeyToAccount(privateKey)
  const client = createPublicClient({ transport: http(rpcUrl, { timeout: 10_000, retryCount: 0 }), cacheTime: 0 })
  const signed = store.collection<Signed>(`transactions of ${account.address}`)
  let turn: Promise<unknown> = Promise.resolve()

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work, work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const sign = async ({ id, to, data = '0x', value = 0n }: Sending, nonce: number): Promise<Signed> => {
    const [chainId, fees, estimate, balance] = await Promise.all([
      client.getChainId(),
      client.estimateFeesPerGas(),
      client.estimateGas({ account, to, data, value }),
      client.getBalance({ address: account.address }),
    ])
    const gas = (estimate * 6n) / 5n
    if (balance < value + gas * fees.maxFeePerGas) throw new InsufficientGas(`${account.address} cannot pay the gas`)
    const raw = await account.signTransaction({
      ...fees,
      chainId,
      nonce,
      to,
      data,
      value,
      gas,
      type: 'eip1559',
    })
    return { id, nonce, raw, hash: keccak256(raw), outcome: 'open' }
  }

  /** The stored bytes, or new ones when those can no longer enter the chain (it was reset, or lost its last blocks). */
  const bytesFor = async (sending: Sending): Promise<Signed> => {
    const stored = signed.get(sending.id)
    const next = await client.getTransactionCount({ address: account.address, blockTag: 'pending' })
    if (stored && (stored.nonce === next || (await isKnown(stored.hash)))) return stored
    const fresh = await sign(sending, next)
    signed.put(sending.id, fresh)
    return fresh
  }

  /** Only the node's own word counts as no: a node that cannot be asked must not lead to a second transaction. */
  const isKnown = async (hash: Hash) => {
    try {
      await client.getTransaction({ hash })
      return true
    } catch (error) {
      if (error instanceof TransactionNotFoundError) return false
      throw error
    }
  }

  return {
    address: account.address,
    send: async (sending, { signal, onSigned }) => {
      const done = signed.get(sending.id)
      if (done && done.outcome !== 'open') return { hash: done.hash, outcome: done.outcome }
      const transaction = await inTurn(async () => {
        const bytes = await bytesFor(sending)
        onSigned?.(bytes.hash)
        if (!(await isKnown(bytes.hash))) await client.sendRawTransaction({ serializedTransaction: bytes.raw })
        return bytes
      })
      for (;;) {
        signal.throwIfAborted()
        const receipt = await client.getTransactionReceipt({ hash: transaction.hash }).catch(() => null)
        if (receipt) {
          signed.put(sending.id, { ...transaction, outcome: receipt.status })
          return { hash: transaction.hash, outcome: receipt.status }
        }
        await wait(200, undefined, { signal })
      }
    },
  }
}
