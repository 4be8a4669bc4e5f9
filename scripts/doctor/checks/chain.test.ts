import { toHex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'
import { freePort } from '#sandbox/ports.ts'
import type { Check } from '#scripts/doctor/check.ts'
import { rpc } from '#scripts/doctor/checks/rpc.ts'
import { token } from '#scripts/doctor/checks/token.ts'
import { treasuryGas } from '#scripts/doctor/checks/treasury-gas.ts'
import { treasuryTokens } from '#scripts/doctor/checks/treasury-tokens.ts'
import { examine } from '#scripts/doctor/diagnose.ts'
import { admit } from '#scripts/doctor/patient.ts'

const network = 'mezo-testnet'
const node = rpc(network)
const musd = token('MUSD', network)

let chain: TestChain
let key: string
let address: `0x${string}`

beforeAll(async () => {
  chain = await startTestChain()
  const account = await chain.fundedAccount()
  key = account.privateKey
  address = account.address
  await chain.node.mine({ blocks: 1 })
}, 30_000)
afterAll(() => chain.stop())
afterEach(() => chain.proxy.passThrough())

const look = async (check: Check, change: Record<string, string> = {}) =>
  await examine(
    check,
    admit({ RPC_URL_MEZO_TESTNET: chain.proxy.url, TREASURY_NETWORK: network, TREASURY_PRIVATE_KEY: key, ...change }),
  )

function answerInstead(method: string, result: unknown): void {
  chain.proxy.intercept((request, forward) => (request.method === method ? Promise.resolve({ result }) : forward()))
}

test.each([node, musd, treasuryGas])('a chain is in order: $name', async (check) => {
  expect(await look(check)).toMatchObject([{ state: 'ok' }])
})

describe('what is wrong with a chain is named', () => {
  test('a node of another chain', async () => {
    answerInstead('eth_chainId', toHex(31612))
    expect(await look(node)).toMatchObject([
      {
        state: 'fail',
        seen: expect.stringContaining('is of chain 31612, not 31611'),
        step: expect.stringContaining('RPC_URL_MEZO_TESTNET'),
      },
    ])
  })

  test('a node that stopped', async () => {
    chain.proxy.intercept(async ({ method }, forward) => {
      const answer = await forward()
      if (method !== 'eth_getBlockByNumber') return answer
      return { result: { ...(answer.result as object), timestamp: '0x60000000' } }
    })
    expect(await look(node)).toMatchObject([
      { state: 'fail', seen: expect.stringContaining('has had no new block for') },
    ])
  })

  test('a node where nothing listens', async () => {
    const change = { RPC_URL_MEZO_TESTNET: `http://127.0.0.1:${await freePort()}` }
    expect(await look(node, change)).toMatchObject([
      { state: 'fail', seen: expect.stringContaining('cannot be reached') },
    ])
  })

  test('a token that calls itself otherwise', async () => {
    // What symbol(), whose selector is 0x95d89b41, answers here is the text "mUSD".
    const text = `0x${toHex(32, { size: 32 }).slice(2)}${toHex(4, { size: 32 }).slice(2)}${toHex('mUSD').slice(2).padEnd(64, '0')}`
    chain.proxy.intercept((request, forward) => {
      const asked = request.method === 'eth_call' && JSON.stringify(request.params).includes('0x95d89b41')
      return asked ? Promise.resolve({ result: text }) : forward()
    })
    expect(await look(musd)).toMatchObject([
      {
        state: 'fail',
        seen: expect.stringContaining('calls itself mUSD, not MUSD'),
        step: expect.stringContaining('Sell nothing'),
      },
    ])
  })

  test('no contract', async () => {
    answerInstead('eth_getCode', '0x')
    expect(await look(musd)).toMatchObject([{ state: 'fail', seen: expect.stringContaining('has no code at') }])
  })

  test('an empty treasury', async () => {
    const change = { TREASURY_PRIVATE_KEY: generatePrivateKey() }
    expect(await look(treasuryTokens, change)).toMatchObject([
      {
        state: 'fail',
        seen: expect.stringMatching(/^none at 0x/),
        step: expect.stringMatching(/^Send MUSD to 0x\w+ on mezo-testnet/),
      },
    ])
    expect(await look(treasuryGas, change)).toMatchObject([
      {
        state: 'fail',
        seen: expect.stringContaining('not enough for one delivery'),
        step: expect.stringMatching(/^Send BTC to 0x/),
      },
    ])
  })

  test('a treasury below the largest purchase', async () => {
    expect(await look(treasuryTokens)).toMatchObject([
      { state: 'warn', seen: '1000.00 MUSD: less than the low mark of 10000.00 MUSD' },
    ])
  })

  test('gas for a few deliveries', async () => {
    const before = await chain.node.getBalance({ address })
    await chain.node.setBalance({ address, value: 81_250n * 20n * 10n ** 9n })
    const [verdict] = await look(treasuryGas)
    expect(verdict).toMatchObject({ state: 'warn', seen: expect.stringMatching(/about \d{1,2} deliveries/) })
    await chain.node.setBalance({ address, value: before })
  })

  test('fees above the cap', async () => {
    expect(await look(treasuryGas, { TREASURY_MAX_FEE_GWEI: '0.000000001' })).toMatchObject([
      {
        state: 'warn',
        seen: expect.stringContaining('and the cap is'),
        step: expect.stringContaining('TREASURY_MAX_FEE_GWEI'),
      },
    ])
  })
})

test('one node of two is out: the other is asked for the rest', async () => {
  const patient = admit({ RPC_URL_MEZO_TESTNET: `http://127.0.0.1:${await freePort()},${chain.proxy.url}` })
  expect(await examine(node, patient)).toMatchObject([{ state: 'warn' }, { state: 'ok' }])
  expect(await examine(musd, patient)).toMatchObject([{ state: 'ok' }])
})
