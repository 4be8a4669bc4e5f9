import { concatHex, pad, toHex } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chainRail } from '#lib/rails/chain/rail.ts'
import { checkToken, TokenCheckFailed } from '#lib/rails/chain/self-check.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'

const network = 'mezo-testnet'
const { address } = requireToken('MUSD', network)
const usdc = requireToken('USDC', network)

let chain: TestChain

beforeAll(async () => {
  chain = await startTestChain()
}, 30_000)
afterAll(() => chain.stop())
afterEach(() => chain.proxy.passThrough())

function answerInstead(method: string, result: unknown): void {
  chain.proxy.intercept((request, forward) => (request.method === method ? Promise.resolve({ result }) : forward()))
}

describe('the self-check of a token', () => {
  test.each(['MUSD', 'USDC'] as const)('%s at its pinned address is as pinned', async (asset) => {
    await expect(checkToken(network, asset)).resolves.toBeUndefined()
  })

  test('a node of another chain', async () => {
    answerInstead('eth_chainId', toHex(31612))
    await expect(checkToken(network, 'MUSD')).rejects.toThrow('The node for mezo-testnet is of chain 31612, not 31611.')
  })

  test('no code', async () => {
    answerInstead('eth_getCode', '0x')
    await expect(checkToken(network, 'MUSD')).rejects.toThrow(`MUSD on mezo-testnet has no code at ${address}.`)
  })

  test('another contract in its place', async () => {
    const code = await chain.node.getCode({ address: usdc.address })
    const before = await chain.node.getCode({ address })
    if (code === undefined || before === undefined) throw new Error('the tokens are not placed')
    await chain.node.setCode({ address, bytecode: code })
    // The storage is still MUSD's, and with it the symbol; only the code, and so the decimals, are the other's.
    await expect(checkToken(network, 'MUSD')).rejects.toThrow(
      new TokenCheckFailed(`MUSD on mezo-testnet at ${address} has 6 decimals, not 18.`),
    )
    await chain.node.setCode({ address, bytecode: before })
  })

  test('another symbol', async () => {
    // The symbol is in the fourth slot of the contract, short texts together with twice their length.
    const index = toHex(4, { size: 32 })
    const before = await chain.node.getStorageAt({ address, slot: index })
    const value = concatHex([pad(toHex('mUSD'), { dir: 'right', size: 31 }), '0x08'])
    await chain.node.setStorageAt({ address, index, value })
    await expect(checkToken(network, 'MUSD')).rejects.toThrow('calls itself mUSD, not MUSD.')
    await chain.node.setStorageAt({ address, index, value: before ?? '0x' })
  })

  test('no answer is not taken for a failed check', async () => {
    chain.proxy.intercept(async () => undefined)
    await expect(checkToken(network, 'MUSD')).rejects.not.toBeInstanceOf(TokenCheckFailed)
  })
})

describe('the health of a chain', () => {
  const { health } = chainRail(network)

  test('a node that follows its chain is well', async () => {
    await chain.node.mine({ blocks: 1 })
    expect(await health()).toMatchObject({ ok: true, ill: 0, detail: `block ${await chain.node.getBlockNumber()}` })
  })

  test('a node of another chain is not', async () => {
    answerInstead('eth_chainId', '0x1')
    expect(await health()).toEqual({
      ok: false,
      ill: 1,
      detail: 'The node for Mezo testnet is of chain 1, not 31611',
    })
  })

  test('a node that stopped is not', async () => {
    chain.proxy.intercept(async ({ method }, forward) => {
      const answer = await forward()
      if (method !== 'eth_getBlockByNumber') return answer
      return { result: { ...(answer.result as object), timestamp: '0x60000000' } }
    })
    const { ok, detail } = await health()
    expect(ok).toBe(false)
    expect(detail).toMatch(/^Mezo testnet has had no new block for \d+ seconds$/)
  })
})
