import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { erc20Abi, type Hex } from 'viem'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseAmount } from '#lib/money/amount.ts'
import { type Chain, startChain } from '#sandbox/chain/chain.ts'
import { mintMusd } from '#sandbox/chain/mint.ts'
import { nodeClient } from '#sandbox/chain/node.ts'

const dir = mkdtempSync(join(tmpdir(), 'causeway-chain-'))
const one = parseAmount('1', 18)
let chain: Chain

beforeAll(async () => {
  chain = await startChain({ dir })
}, 30_000)
afterAll(async () => {
  await chain.stop()
  rmSync(dir, { recursive: true })
})

async function balance(asset: 'MUSD' | 'USDC', account: keyof Chain['accounts']): Promise<bigint> {
  const address = chain.tokens[asset]
  const args = [chain.accounts[account].address] as const
  return await nodeClient(chain.rpcUrl).readContract({ address, abi: erc20Abi, functionName: 'balanceOf', args })
}

async function get(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(chain.explorerUrl + path)
  return { status: response.status, text: await response.text() }
}

async function mint(body: unknown): Promise<{ status: number; body: { hash?: Hex | null; error?: string } }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${chain.explorerUrl}/sandbox/mint`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as { hash?: Hex | null; error?: string } }
}

describe('the local chain', () => {
  test('everybody starts with what they need', async () => {
    expect(chain.chainId).toBe(31611)
    expect(await balance('MUSD', 'treasury')).toBe(parseAmount('100000', 18))
    expect(await balance('USDC', 'stripe')).toBe(parseAmount('1000000000', 6))
    expect(await balance('USDC', 'circle')).toBe(parseAmount('1000000000', 6))
    expect(await balance('USDC', 'testWallet')).toBe(parseAmount('1000', 6))
    const { address } = chain.accounts.treasury
    expect(await nodeClient(chain.rpcUrl).getBalance({ address })).toBe(parseAmount('100', 18))
  })

  test('blocks come by themselves', async () => {
    const node = nodeClient(chain.rpcUrl)
    const before = await node.getBlockNumber()
    await vi.waitFor(async () => expect(await node.getBlockNumber()).toBeGreaterThan(before), { timeout: 5_000 })
  })

  test('many mints at once are all made', async () => {
    const before = await balance('MUSD', 'treasury')
    const { address: to } = chain.accounts.treasury
    await Promise.all(Array.from({ length: 5 }, () => mintMusd({ rpcUrl: chain.rpcUrl, to, amount: one })))
    expect(await balance('MUSD', 'treasury')).toBe(before + 5n * one)
  })

  test('stopping and starting continues the same chain', async () => {
    const { address: to } = chain.accounts.testWallet
    const hash = await mintMusd({ rpcUrl: chain.rpcUrl, to, amount: one })
    const before = await balance('MUSD', 'testWallet')
    const receipt = await nodeClient(chain.rpcUrl).getTransactionReceipt({ hash })
    const { accounts, tokens } = chain
    await chain.stop()

    chain = await startChain({ dir })
    expect({ accounts: chain.accounts, tokens: chain.tokens }).toEqual({ accounts, tokens })
    const node = nodeClient(chain.rpcUrl)
    expect(await node.getTransactionReceipt({ hash })).toEqual(receipt)
    expect((await node.getBlock({ blockNumber: receipt.blockNumber })).hash).toBe(receipt.blockHash)
    expect(await balance('MUSD', 'testWallet')).toBe(before)
    expect(await node.getTransactionCount({ address: chain.accounts.deployer.address })).toBeGreaterThan(7)
    await mintMusd({ rpcUrl: chain.rpcUrl, to, amount: one })
    expect(await balance('MUSD', 'testWallet')).toBe(before + one)
  }, 20_000)
})

describe('the explorer', () => {
  test('shows a transaction with its transfer, and both ends of it', async () => {
    const to = chain.accounts.testWallet.address
    const { status, body } = await mint({ asset: 'USDC', to, amount: '12.5' })
    expect(status).toBe(200)
    const transaction = await get(`/tx/${body.hash}`)
    expect(transaction).toMatchObject({ status: 200, text: expect.stringContaining('12.5 USDC') })
    expect(transaction.text).toContain(`/address/${to}`)
    expect(await get(`/address/${to}`)).toMatchObject({
      status: 200,
      text: expect.stringContaining(`/tx/${body.hash}`),
    })
    expect(await get('/')).toMatchObject({ status: 200, text: expect.stringContaining('12.5 USDC') })
  })

  test.each([
    ['/tx/0x12', 400],
    [`/tx/0x${'00'.repeat(32)}`, 404],
    ['/address/nobody', 400],
    [`/address/0x${'ab'.repeat(20)}`, 200],
  ])('%s answers %i', async (path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  test('gas comes without a transaction', async () => {
    const to = `0x${'cd'.repeat(20)}` as const
    expect(await mint({ asset: 'BTC', to, amount: '0.5' })).toEqual({ status: 200, body: { hash: null } })
    expect(await nodeClient(chain.rpcUrl).getBalance({ address: to })).toBe(parseAmount('0.5', 18))
  })

  test.each([
    [null],
    [{ asset: 'MUSD', to: 'nobody', amount: '1' }],
    [{ asset: 'DOGE', to: `0x${'cd'.repeat(20)}`, amount: '1' }],
    [{ asset: 'MUSD', to: `0x${'cd'.repeat(20)}`, amount: 1 }],
    [{ asset: 'USDC', to: `0x${'cd'.repeat(20)}`, amount: '1.0000001' }],
  ])('does not mint for %j', async (body) => {
    expect(await mint(body)).toMatchObject({ status: 400, body: { error: expect.any(String) } })
  })
})

test('the node ends with its parent, even when the parent is killed, and keeps its chain', async () => {
  const state = join(dir, 'orphan.json')
  const module = join(import.meta.dirname, 'anvil.ts')
  const program = `
    const { startAnvil } = await import(${JSON.stringify(module)})
    const { rpcUrl } = await startAnvil({ chainId: 31611, stateFile: ${JSON.stringify(state)} })
    process.stdout.write(rpcUrl)
    setInterval(() => {}, 1000)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const rpcUrl = await new Promise<string>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
  })
  const node = nodeClient(rpcUrl)
  await node.mine({ blocks: 9 })
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(node.getBlockNumber()).rejects.toThrow('fetch failed'), { timeout: 10_000 })
  const kept = (): unknown => JSON.parse(readFileSync(state, 'utf8'))
  await vi.waitFor(() => expect(kept()).toMatchObject({ block: { number: '0x9' } }))
}, 20_000)
