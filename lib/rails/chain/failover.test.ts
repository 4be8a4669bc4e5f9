import { type Address, type Hex, parseUnits, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { tokenBalance } from '#lib/rails/chain/balance.ts'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import { publicClient } from '#lib/rails/chain/client.ts'
import { outcomeOf, refusalOf } from '#lib/rails/chain/errors.ts'
import { health } from '#lib/rails/chain/health.ts'
import { pendingNonce } from '#lib/rails/chain/nonce.ts'
import { observeTransfer } from '#lib/rails/chain/observe.ts'
import { checkToken } from '#lib/rails/chain/self-check.ts'
import { signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type RpcProxy, type RpcRequest, startRpcProxy } from '#sandbox/chain/rpc-proxy.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'

// Two addresses of one chain, each of which can fail, lag or lie by itself.

const network = 'mezo-testnet'
const amount = parseUnits('5', 18)

let chain: TestChain
let first: RpcProxy
let second: RpcProxy
let signer: Signer
const buyer: Address = privateKeyToAddress(generatePrivateKey())

beforeAll(async () => {
  chain = await startTestChain()
  first = chain.proxy
  second = await startRpcProxy(chain.node.transport.url as string)
  process.env.RPC_URL_MEZO_TESTNET = `${first.url}, ${second.url}`
  signer = localSigner((await chain.fundedAccount()).privateKey)
}, 30_000)
afterAll(async () => {
  await second.stop()
  await chain.stop()
})
afterEach(() => {
  first.passThrough()
  second.passThrough()
})

let heard: string[] = []
/** Notes who is asked what; `of` decides what a node does with a request. */
function listen(of: (node: 'first' | 'second', request: RpcRequest) => 'pass' | 'lose' | object = () => 'pass'): void {
  heard = []
  for (const [name, proxy] of [['first', first] as const, ['second', second] as const]) {
    proxy.intercept(async (request, forward) => {
      heard.push(`${name} ${request.method}`)
      const verdict = of(name, request)
      if (verdict === 'lose') return undefined
      return verdict === 'pass' ? await forward() : verdict
    })
  }
}

const head = () => chain.node.getBlockNumber()
const observe = (hash: Hex) => observeTransfer({ network, asset: 'MUSD', hash, to: buyer })

async function send(): Promise<Hex> {
  const nonce = await pendingNonce({ network, address: signer.address })
  const { raw, hash } = await signTokenTransfer({ signer, network, asset: 'MUSD', to: buyer, amount, nonce })
  expect(await broadcast({ network, raw })).toEqual({ outcome: 'accepted' })
  return hash
}

describe('reads', () => {
  // A node that failed in one test must not rest into the next.
  let later = 0
  afterEach(() => {
    vi.useRealTimers()
    later += 31_000
    vi.setSystemTime(Date.now() + later)
  })
  afterAll(() => void vi.useRealTimers())

  test('go to the first address while it answers', async () => {
    listen()
    expect(await publicClient(network).getBlockNumber()).toBe(await head())
    expect(heard).toEqual(['first eth_blockNumber'])
  })

  test('fail over to the second, which is then asked first for a while', async () => {
    listen((node) => (node === 'first' ? 'lose' : 'pass'))
    expect(await publicClient(network).getBlockNumber()).toBe(await head())
    expect(await publicClient(network).getBlockNumber()).toBe(await head())
    expect(heard).toEqual(['first eth_blockNumber', 'second eth_blockNumber', 'second eth_blockNumber'])
  })

  test('that one node definitely refuses are not asked again elsewhere', async () => {
    listen((node) =>
      node === 'first'
        ? { error: { code: 3, message: 'execution reverted: transfer amount exceeds balance' } }
        : 'pass',
    )
    const error: unknown = await publicClient(network)
      .call({ to: requireToken('MUSD', network).address, data: '0x' })
      .catch((caught: unknown) => caught)
    expect(refusalOf(error)).toBe('execution_reverted')
    expect(heard).toEqual(['first eth_call'])
  })

  test('that one node cannot answer, as it lacks the state, are answered by the other', async () => {
    listen((node) => (node === 'first' ? { error: { code: -32000, message: 'missing trie node 0xab' } } : 'pass'))
    expect(await publicClient(network).getChainId()).toBe(31611)
  })

  test('that nobody answers are as unclear as one that is not answered', async () => {
    listen(() => 'lose')
    expect(outcomeOf(await observe(`0x${'33'.repeat(32)}`).catch((error: unknown) => error))).toBe('unclear')
    expect(
      outcomeOf(
        await publicClient(network)
          .getBlockNumber()
          .catch((error: unknown) => error),
      ),
    ).toBe('unclear')
  })

  test('one node that is well is enough, and the other is told of', async () => {
    await chain.node.mine({ blocks: 1 })
    listen((node) => (node === 'first' ? 'lose' : 'pass'))
    expect(await health(network)).toMatchObject({
      ok: true,
      ill: 1,
      head: { number: String(await head()) },
      detail: `block ${await head()}; The node for Mezo testnet did not answer clearly`,
    })
    await expect(checkToken(network, 'MUSD')).resolves.toBeUndefined()
  })

  test('a second address of another chain is found out, and never listened to', async () => {
    listen((node, { method }) => {
      if (node === 'second' && method === 'eth_chainId') return { result: toHex(1) }
      return node === 'second' && method === 'eth_blockNumber' ? { result: toHex(999_999_999) } : 'pass'
    })
    await expect(checkToken(network, 'MUSD')).rejects.toThrow('The node for mezo-testnet is of chain 1, not 31611.')
  })
})

describe('a node that lags', () => {
  test('is not asked for confirmations while a fresher one answers, and undoes none', async () => {
    const hash = await send()
    await chain.node.mine({ blocks: 3 })
    const before = toHex((await head()) - 5n)
    listen((node, { method }) => {
      if (node === 'second') return 'pass'
      if (method === 'eth_blockNumber') return { result: before }
      return method === 'eth_getTransactionReceipt' || method === 'eth_getTransactionByHash' ? { result: null } : 'pass'
    })
    expect(await observe(hash)).toMatchObject({ state: 'included', confirmations: 3 })
    expect(heard.filter((line) => line.startsWith('first'))).toEqual(expect.arrayContaining(['first eth_blockNumber']))
    expect(heard).not.toContain('first eth_getTransactionReceipt')
  })

  test('with a receipt from a branch that was left counts nothing against the fresher head', async () => {
    const hash = await send()
    await chain.node.mine({ blocks: 4 })
    // The first knows a receipt, and a chain, of its own, and is five blocks behind. The second has dropped the transaction.
    const behind = toHex((await head()) - 3n)
    listen((node, { method }) => {
      if (node === 'first') return method === 'eth_blockNumber' ? { result: behind } : 'pass'
      return method === 'eth_getTransactionReceipt' || method === 'eth_getTransactionByHash' ? { result: null } : 'pass'
    })
    expect(await observe(hash)).toEqual({ state: 'absent', confirmations: 0 })
  })

  test('does not lower the next nonce, nor a balance', async () => {
    const before = await pendingNonce({ network, address: signer.address })
    await send()
    listen((node, { method }) =>
      node === 'first' && method === 'eth_getTransactionCount' ? { result: toHex(before) } : 'pass',
    )
    expect(await pendingNonce({ network, address: signer.address })).toBe(before + 1)
    await chain.node.mine({ blocks: 1 })
    listen((node, { method }) => (node === 'first' && method === 'eth_blockNumber' ? { result: '0x1' } : 'pass'))
    expect((await tokenBalance({ network, asset: 'MUSD', address: buyer })).blockNumber).toBe(await head())
  })

  test('is listened to again when it alone answers', async () => {
    const hash = await send()
    await chain.node.mine({ blocks: 2 })
    listen((node) => (node === 'second' ? 'lose' : 'pass'))
    expect(await observe(hash)).toMatchObject({ state: 'included', confirmations: 2 })
  })
})

describe('a broadcast', () => {
  async function signed(): Promise<Hex> {
    const nonce = await pendingNonce({ network, address: signer.address })
    return (await signTokenTransfer({ signer, network, asset: 'MUSD', to: buyer, amount, nonce })).raw
  }
  const isSend = ({ method }: RpcRequest) => method === 'eth_sendRawTransaction'
  const sends = () => heard.filter((line) => line.endsWith('eth_sendRawTransaction')).sort()

  test('goes to every node, to each of them once', async () => {
    const raw = await signed()
    listen()
    expect((await broadcast({ network, raw })).outcome).toBe('accepted')
    expect(sends()).toEqual(['first eth_sendRawTransaction', 'second eth_sendRawTransaction'])
  })

  test.each<[string, 'lose' | object, 'lose' | object, object]>([
    ['is taken by one, and lost by the other', 'lose', 'pass' as never, { outcome: 'accepted' }],
    [
      'is refused by one, and nobody knows of the other',
      { error: { code: -32000, message: 'insufficient funds for gas * price + value' } },
      'lose',
      { outcome: 'unclear', reason: 'no_clear_answer' },
    ],
    [
      'is refused by both',
      { error: { code: -32000, message: 'insufficient funds for gas * price + value' } },
      { error: { code: -32000, message: 'insufficient funds for gas * price + value' } },
      { outcome: 'refused', reason: 'insufficient_gas_funds' },
    ],
    ['is lost by both', 'lose', 'lose', { outcome: 'unclear', reason: 'no_clear_answer' }],
  ])('that %s', async (_, atFirst, atSecond, outcome) => {
    const raw = await signed()
    listen((node, request) => {
      if (!isSend(request)) return 'pass'
      return node === 'first' ? atFirst : atSecond
    })
    expect(await broadcast({ network, raw })).toEqual(outcome)
    expect(sends()).toHaveLength(2)
  })

  test('never passes through the reads, which fail over', async () => {
    listen()
    const raw = await signed()
    await expect(publicClient(network).sendRawTransaction({ serializedTransaction: raw })).rejects.toThrow(
      'A broadcast is offered to each node by itself.',
    )
    expect(sends()).toEqual([])
  })
})
