import { type Address, type Hex, parseGwei, parseUnits } from 'viem'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tokenBalance } from '#lib/rails/chain/balance.ts'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import { FeesAboveCap } from '#lib/rails/chain/fees.ts'
import { followTransfer } from '#lib/rails/chain/follow.ts'
import { assertPurpose, readSigned, transferData, WrongTransaction } from '#lib/rails/chain/read-signed.ts'
import { type SignedBytes, signNonceFill, signReplacement, signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import { localSigner, type Signer } from '#lib/rails/chain/signer.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { startTestChain, type TestChain } from '#sandbox/chain/test-chain.ts'

const network = 'mezo-testnet'
const musd = requireToken('MUSD', network)
const amount = parseUnits('24.61', 18)

let chain: TestChain
let signer: Signer
let buyer: Address

beforeAll(async () => {
  chain = await startTestChain()
  process.env.TREASURY_MAX_FEE_GWEI = '40'
}, 30_000)
afterAll(() => chain.stop())
beforeEach(async () => {
  signer = localSigner((await chain.fundedAccount()).privateKey)
  buyer = privateKeyToAddress(generatePrivateKey())
})
afterEach(async () => {
  chain.proxy.passThrough()
  await chain.node.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('1') })
  await mine(1)
})

const mine = (blocks: number) => chain.node.mine({ blocks })
const sign = (nonce = 0) => signTokenTransfer({ signer, network, asset: 'MUSD', to: buyer, amount, nonce })
const replace = ({ raw }: SignedBytes) => signReplacement({ signer, network, raw })
const send = ({ raw }: SignedBytes) => broadcast({ network, raw })
const received = async () => (await tokenBalance({ network, asset: 'MUSD', address: buyer })).amount
const follow = (hashes: Hex[], nonce = 0) =>
  followTransfer({ network, asset: 'MUSD', to: buyer, hashes, origin: { from: signer.address, nonce } })

async function setBaseFee(gwei: string): Promise<void> {
  await chain.node.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei(gwei) })
  await mine(1)
}

/** A transaction of the treasury's key that is not one of ours, with a nonce that we count on. */
async function somebodyElse(nonce: number): Promise<Hex> {
  const fees = { maxFeePerGas: parseGwei('90'), maxPriorityFeePerGas: parseGwei('2') }
  const data = transferData(signer.address, 1n)
  const call = { type: 'eip1559' as const, chainId: 31611, to: musd.address, data, nonce, gas: 100_000n }
  return await chain.node.sendRawTransaction({
    serializedTransaction: await signer.signTransaction({ ...call, ...fees }),
  })
}

describe('a replacement', () => {
  test('differs in its fees alone, and takes the place of the one that waits', async () => {
    const first = await sign()
    expect(await send(first)).toEqual({ outcome: 'accepted' })
    await setBaseFee('30')
    const second = await replace(first)
    const [before, after] = [await readSigned(first.raw), await readSigned(second.raw)]
    expect({ ...after, hash: '', fees: '' }).toEqual({ ...before, hash: '', fees: '' })
    expect(after.fees.maxFeePerGas).toBeGreaterThanOrEqual(parseGwei('30'))

    expect(await send(second)).toEqual({ outcome: 'accepted' })
    await mine(1)
    expect(await follow([second.hash, first.hash])).toMatchObject({
      state: 'included',
      hash: second.hash,
      amount,
      confirmations: 1,
    })
    expect(await received()).toBe(amount)
  })

  test('is not made above the cap, neither by need nor by the eighth', async () => {
    const first = await sign()
    await setBaseFee('41')
    await expect(replace(first)).rejects.toThrow(FeesAboveCap)
    await expect(sign()).rejects.toThrow(FeesAboveCap)
    await setBaseFee('39')
    const dear = await replace(first)
    expect((await readSigned(dear.raw)).fees.maxFeePerGas).toBe(parseGwei('40'))
    await setBaseFee('1')
    await expect(replace(dear)).rejects.toThrow('A replacement comes to 45 gwei, and the cap is 40.')
  })

  test('that comes too late changes nothing: what was mined is followed, and the buyer is paid once', async () => {
    const first = await sign()
    await send(first)
    const second = await replace(first)
    await mine(1)
    expect(await send(second)).toEqual({ outcome: 'unclear', reason: 'nonce_not_final' })
    expect(await follow([second.hash, first.hash])).toMatchObject({ state: 'included', hash: first.hash })
    await mine(6)
    // The nonce is used for good now, by the first signature: still ours, and nothing has displaced us.
    expect(await send(second)).toEqual({ outcome: 'refused', reason: 'nonce_used' })
    expect(await follow([second.hash, first.hash])).toMatchObject({ state: 'included', hash: first.hash })
    expect(await received()).toBe(amount)
  })

  test('that was dropped, with the first still waiting, is absent and not displaced', async () => {
    const first = await sign()
    await send(first)
    const second = await replace(first)
    expect(await follow([second.hash, first.hash])).toEqual({ state: 'absent', hash: second.hash, confirmations: 0 })
    await send(second)
    expect(await follow([second.hash, first.hash])).toEqual({ state: 'pending', hash: second.hash, confirmations: 0 })
  })
})

describe('a place that another transaction took', () => {
  test('is displaced once that is buried, and names it', async () => {
    const ours = await sign()
    const theirs = await somebodyElse(0)
    await mine(3)
    expect(await follow([ours.hash])).toEqual({ state: 'absent', hash: ours.hash, confirmations: 0 })
    await mine(1)
    const { receipt, ...found } = {
      receipt: await chain.node.getTransactionReceipt({ hash: theirs }),
      ...(await follow([ours.hash])),
    }
    expect(found).toMatchObject({
      state: 'displaced',
      hash: theirs,
      blockNumber: receipt.blockNumber,
      blockHash: receipt.blockHash,
      confirmations: 4,
    })
    expect(await follow([])).toMatchObject({ state: 'displaced', hash: theirs })
  })

  test('is found many blocks deep, and among other transactions of the same block', async () => {
    const ours = await sign(1)
    await somebodyElse(0)
    const theirs = await somebodyElse(1)
    await somebodyElse(2)
    await mine(11)
    expect(await follow([ours.hash], 1)).toMatchObject({ state: 'displaced', hash: theirs, confirmations: 11 })
  })

  test('is not concluded from a node that has lost our transaction and still counts it', async () => {
    const ours = await sign()
    await send(ours)
    await mine(8)
    chain.proxy.intercept((request, forward) =>
      ['eth_getTransactionReceipt', 'eth_getTransactionByHash'].includes(request.method)
        ? Promise.resolve({ result: null })
        : forward(),
    )
    expect(await follow([ours.hash])).toEqual({ state: 'absent', hash: ours.hash, confirmations: 0 })
    expect(await send(ours)).toEqual({ outcome: 'known' })
  })

  test('is not concluded from a node without the states to look in', async () => {
    const ours = await sign()
    await somebodyElse(0)
    await mine(6)
    chain.proxy.intercept(async (request, forward) =>
      request.method === 'eth_getTransactionCount' && request.params[1] !== 'latest'
        ? { error: { code: -32000, message: 'missing trie node' } }
        : await forward(),
    )
    expect(await follow([ours.hash])).toEqual({ state: 'absent', hash: ours.hash, confirmations: 0 })
    expect(await send(ours)).toEqual({ outcome: 'unclear', reason: 'no_clear_answer' })
  })

  test('nothing was signed and nobody took it: there is nothing to tell', async () => {
    expect(await follow([])).toBeUndefined()
  })
})

describe('a transaction that only fills a nonce', () => {
  test('sends nothing to itself, and opens the way for the next', async () => {
    const next = await sign(1)
    await send(next)
    await mine(1)
    expect(await follow([next.hash], 1)).toMatchObject({ state: 'pending' })

    const fill = await signNonceFill({ signer, network, nonce: 0 })
    expect(await readSigned(fill.raw)).toMatchObject({ to: signer.address, value: 0n, data: '0x', nonce: 0 })
    await send(fill)
    await mine(1)
    const origin = { from: signer.address, nonce: 0 }
    const seen = await followTransfer({ network, asset: null, to: signer.address, hashes: [fill.hash], origin })
    expect(seen).toMatchObject({ state: 'filled', hash: fill.hash, confirmations: 1 })
    expect(await follow([next.hash], 1)).toMatchObject({ state: 'included', confirmations: 1 })
  })
})

describe('what signed bytes are for', () => {
  const purpose = () => ({ network, asset: 'MUSD', from: signer.address, nonce: 0, to: buyer, amount }) as const

  test('is what they say', async () => {
    const { raw, hash } = await sign()
    expect(await assertPurpose(raw, purpose())).toMatchObject({ hash, from: signer.address })
    const fill = { network, asset: null, from: signer.address, nonce: 3, to: signer.address } as const
    await assertPurpose((await signNonceFill({ signer, network, nonce: 3 })).raw, fill)
    await expect(assertPurpose(raw, fill)).rejects.toThrow(WrongTransaction)
  })

  test.each([
    ['another amount', { amount: amount + 1n }, 'recipient or amount'],
    ['another recipient', { to: musd.address }, 'recipient or amount'],
    ['another nonce', { nonce: 1 }, 'nonce'],
    ['another sender', { from: musd.address }, 'sender'],
    ['another token', { asset: 'USDC' as const }, 'token'],
    ['another chain', { network: 'mezo' as const }, 'chain, token'],
  ])('is not %s', async (_, change, what) => {
    const { raw } = await sign()
    await expect(assertPurpose(raw, { ...purpose(), ...change })).rejects.toThrow(
      new WrongTransaction(`Signed bytes have another ${what} than what they are for.`),
    )
  })
})
