import { type Address, encodeFunctionData, erc20Abi, type Hex, parseGwei, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { gasBalance, tokenBalance } from '#lib/rails/chain/balance.ts'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import { outcomeOf, refusalOf } from '#lib/rails/chain/errors.ts'
import { pendingNonce } from '#lib/rails/chain/nonce.ts'
import { observeTransfer } from '#lib/rails/chain/observe.ts'
import { signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'

const network = 'mezo-testnet'
const musd = requireToken('MUSD', network)
const usdc = requireToken('USDC', network)
const amount = parseUnits('24.61', 18)

let chain: TestChain
let signer: Signer
let buyer: Address

beforeAll(async () => {
  chain = await startTestChain()
}, 30_000)
afterAll(() => chain.stop())
beforeEach(async () => {
  signer = localSigner((await chain.fundedAccount()).privateKey)
  buyer = privateKeyToAddress(generatePrivateKey())
})
afterEach(() => chain.proxy.passThrough())

const mine = (blocks: number) => chain.node.mine({ blocks })
const sign = (nonce: number) => signTokenTransfer({ signer, network, asset: 'MUSD', to: buyer, amount, nonce })
const observe = (hash: Hex) => observeTransfer({ network, asset: 'MUSD', hash, to: buyer })
const lose = async () => undefined

/** A signed transaction of any content, with fees that are certainly enough. */
async function signCall(nonce: number, to: Address, data: Hex, gas = 200_000n): Promise<Hex> {
  const fees = { maxFeePerGas: parseGwei('100'), maxPriorityFeePerGas: parseGwei('1') }
  return await signer.signTransaction({ type: 'eip1559', chainId: 31611, to, data, nonce, gas, ...fees })
}

function transferData(to: Address, value: bigint): Hex {
  return encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, value] })
}

describe('from signing to confirmed', () => {
  test('the bytes are made first, sent later, and seen block by block', async () => {
    expect(await pendingNonce({ network, address: signer.address })).toBe(0)
    const { raw, hash } = await sign(0)
    expect(await observe(hash)).toEqual({ state: 'absent', confirmations: 0 })

    expect(await broadcast({ network, raw })).toEqual({ outcome: 'accepted' })
    expect(await observe(hash)).toEqual({ state: 'pending', confirmations: 0 })
    expect(await pendingNonce({ network, address: signer.address })).toBe(1)

    await mine(1)
    const first = await observe(hash)
    expect(first).toMatchObject({ state: 'included', amount, from: signer.address, confirmations: 1 })
    await mine(2)
    expect(await observe(hash)).toMatchObject({ state: 'included', confirmations: 3 })
    expect((await tokenBalance({ network, asset: 'MUSD', address: buyer })).amount).toBe(amount)
    expect((await gasBalance({ network, address: signer.address })).amount).toBeLessThan(parseUnits('1', 18))
  })

  test('a reorganisation takes the confirmation back, and the same bytes bring it back, once', async () => {
    const { raw, hash } = await sign(0)
    await broadcast({ network, raw })
    await mine(3)
    expect(await observe(hash)).toMatchObject({ state: 'included', confirmations: 3 })

    await reorganise(3)
    expect(await observe(hash)).toMatchObject({ confirmations: 0 })
    expect((await tokenBalance({ network, asset: 'MUSD', address: buyer })).amount).toBe(0n)

    expect(['accepted', 'known']).toContain((await broadcast({ network, raw })).outcome)
    await mine(1)
    expect(await observe(hash)).toMatchObject({ state: 'included', confirmations: 1 })
    expect((await tokenBalance({ network, asset: 'MUSD', address: buyer })).amount).toBe(amount)
  })

  test('a transfer that would fail is not signed', async () => {
    const transfer = { signer, network, asset: 'MUSD', to: buyer, amount: parseUnits('1001', 18), nonce: 0 } as const
    const error: unknown = await signTokenTransfer(transfer).catch((caught: unknown) => caught)
    expect(outcomeOf(error)).toBe('refused')
    expect(refusalOf(error)).toBe('execution_reverted')
  })

  async function reorganise(depth: number): Promise<void> {
    // Cast: viem has no action for it.
    const request = chain.node.request as unknown as (call: { method: string; params: unknown[] }) => Promise<unknown>
    await request({ method: 'anvil_reorg', params: [depth, []] })
  }
})

describe('observing', () => {
  async function included(raw: Hex): Promise<Hex> {
    const hash = await chain.node.sendRawTransaction({ serializedTransaction: raw })
    await mine(1)
    return hash
  }

  test('a reverted transaction moved nothing', async () => {
    const hash = await included(await signCall(0, musd.address, transferData(buyer, parseUnits('1001', 18))))
    expect(await observe(hash)).toMatchObject({ state: 'reverted', confirmations: 1 })
  })

  test('a transfer to somebody else is a mismatch', async () => {
    const hash = await included(await signCall(0, musd.address, transferData(signer.address, amount)))
    expect(await observe(hash)).toMatchObject({ state: 'mismatch', transfers: 0 })
  })

  test('a transfer of another token is a mismatch', async () => {
    const hash = await included(await signCall(0, usdc.address, transferData(buyer, 0n)))
    expect(await observe(hash)).toMatchObject({ state: 'mismatch', transfers: 0 })
  })

  test('two transfers to the recipient in one transaction are a mismatch, not a sum', async () => {
    const { hash } = await sign(0)
    const raw = (await sign(0)).raw
    await included(raw)
    chain.proxy.intercept(async ({ method }, forward) => {
      const answer = await forward()
      if (method !== 'eth_getTransactionReceipt') return answer
      const receipt = answer.result as { logs: unknown[] }
      return { result: { ...receipt, logs: [...receipt.logs, ...receipt.logs] } }
    })
    expect(await observe(hash)).toMatchObject({ state: 'mismatch', transfers: 2 })
  })

  test('a log that belongs to another transaction does not count', async () => {
    const { raw, hash } = await sign(0)
    await included(raw)
    chain.proxy.intercept(async ({ method }, forward) => {
      const answer = await forward()
      if (method !== 'eth_getTransactionReceipt') return answer
      const receipt = answer.result as { logs: object[] }
      const logs = receipt.logs.map((log) => ({ ...log, transactionHash: `0x${'11'.repeat(32)}` }))
      return { result: { ...receipt, logs } }
    })
    expect(await observe(hash)).toMatchObject({ state: 'mismatch', transfers: 0 })
  })

  test.each([
    ['is another one', (block: object) => ({ ...block, hash: `0x${'22'.repeat(32)}` })],
    ['is not there', () => null],
  ])('a receipt whose block at that height %s is pending again', async (_case, change) => {
    const { raw, hash } = await sign(0)
    await included(raw)
    chain.proxy.intercept(async ({ method }, forward) => {
      const answer = await forward()
      return method === 'eth_getBlockByNumber' ? { result: change(answer.result as object) } : answer
    })
    expect(await observe(hash)).toEqual({ state: 'pending', confirmations: 0 })
  })

  test('a head below the receipt confirms nothing', async () => {
    const { raw, hash } = await sign(0)
    await included(raw)
    chain.proxy.intercept((request, forward) =>
      request.method === 'eth_blockNumber' ? Promise.resolve({ result: '0x1' }) : forward(),
    )
    expect(await observe(hash)).toEqual({ state: 'pending', confirmations: 0 })
  })

  test('no answer throws, and is unclear', async () => {
    chain.proxy.intercept(lose)
    const error: unknown = await observe(`0x${'33'.repeat(32)}`).catch((caught: unknown) => caught)
    expect(outcomeOf(error)).toBe('unclear')
  })
})

describe('broadcasting', () => {
  test('the same bytes again are known, waiting and mined', async () => {
    const { raw } = await sign(0)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'accepted' })
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'known' })
    await mine(1)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'known' })
  })

  test('an answer that is lost leaves it unclear, and the node has the bytes', async () => {
    const { raw, hash } = await sign(0)
    chain.proxy.intercept(async (request, forward) => {
      const answer = await forward()
      return request.method === 'eth_sendRawTransaction' ? undefined : answer
    })
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'unclear', reason: 'no_clear_answer' })
    chain.proxy.passThrough()
    expect(await observe(hash)).toEqual({ state: 'pending', confirmations: 0 })
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'known' })
  })

  test('without gas it is refused', async () => {
    const { raw } = await sign(0)
    await chain.node.setBalance({ address: signer.address, value: 0n })
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'insufficient_gas_funds' })
  })

  test('another transaction that waits with the same nonce keeps its place', async () => {
    await broadcast({ network, raw: await signCall(0, musd.address, transferData(signer.address, 1n)) })
    const { raw } = await sign(0)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'replacement_underpriced' })
  })

  test('a nonce that another transaction took is refused only once that is final', async () => {
    const { raw } = await sign(0)
    await broadcast({ network, raw: await signCall(0, musd.address, transferData(signer.address, 1n)) })
    await mine(3)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'unclear', reason: 'nonce_not_final' })
    await mine(1)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'nonce_used' })
  })

  test('a refusal that cannot be checked is unclear', async () => {
    const { raw } = await sign(0)
    await chain.node.setBalance({ address: signer.address, value: 0n })
    chain.proxy.intercept((request, forward) => (request.method === 'eth_getTransactionByHash' ? lose() : forward()))
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'unclear', reason: 'no_clear_answer' })
  })

  test('too little gas for the call is refused', async () => {
    const raw = await signCall(0, musd.address, transferData(buyer, 1n), 1000n)
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'gas_limit' })
  })

  test('the bytes of another chain are refused', async () => {
    const fees = { maxFeePerGas: parseGwei('100'), maxPriorityFeePerGas: parseGwei('1'), gas: 100_000n }
    const raw = await signer.signTransaction({ type: 'eip1559', chainId: 1, to: buyer, nonce: 0, ...fees })
    expect(await broadcast({ network, raw })).toEqual({ outcome: 'refused', reason: 'invalid_transaction' })
  })

  test.each([
    ['tx already in mempool', { outcome: 'known' }],
    ['invalid nonce; got 9, expected 7: invalid sequence', { outcome: 'unclear', reason: 'no_clear_answer' }],
    ['invalid nonce; got 6, expected 7: invalid sequence', { outcome: 'unclear', reason: 'nonce_not_final' }],
    ['internal error', { outcome: 'unclear', reason: 'no_clear_answer' }],
    ['max fee per gas less than block base fee', { outcome: 'refused', reason: 'fee_too_low' }],
  ])('a node that says %j', async (message, expected) => {
    const { raw } = await sign(0)
    chain.proxy.intercept((request, forward) =>
      request.method === 'eth_sendRawTransaction' ? Promise.resolve({ error: { code: -32000, message } }) : forward(),
    )
    expect(await broadcast({ network, raw })).toEqual(expected)
  })
})
