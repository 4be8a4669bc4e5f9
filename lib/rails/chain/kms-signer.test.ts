import {
  type Address,
  parseGwei,
  parseTransaction,
  recoverTransactionAddress,
  type TransactionSerializedEIP1559,
} from 'viem'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { broadcast } from '#lib/rails/chain/broadcast.ts'
import { readDerSignature } from '#lib/rails/chain/der-signature.ts'
import { followTransfer } from '#lib/rails/chain/follow.ts'
import { kmsSigner } from '#lib/rails/chain/kms-signer.ts'
import { readSigned } from '#lib/rails/chain/read-signed.ts'
import { signReplacement, signTokenTransfer } from '#lib/rails/chain/sign-transfer.ts'
import { addGas, mintMusd } from '#sandbox/chain/mint.ts'
import { startTestChain } from '#sandbox/chain/test-chain.ts'
import { startKms } from '#sandbox/kms/start.ts'

const stops: (() => Promise<void>)[] = []
const region = 'eu-central-1'
const network = 'mezo-testnet'

beforeEach(() => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIATEST'
  process.env.AWS_SECRET_ACCESS_KEY = 'of-the-tests-only'
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function vault(options?: Parameters<typeof startKms>[0]) {
  const kms = await startKms(options)
  stops.push(kms.stop)
  process.env.AWS_ENDPOINT_URL_KMS = kms.url
  return kms
}

const transaction = (nonce: number) => ({
  type: 'eip1559' as const,
  chainId: 31611,
  to: '0x00000000000000000000000000000000000b0b42' as Address,
  data: '0xa9059cbb' as const,
  nonce,
  gas: 65_000n,
  maxFeePerGas: parseGwei('2'),
  maxPriorityFeePerGas: parseGwei('1'),
})

/** The half of the order of secp256k1. */
const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

describe('a key in KMS', () => {
  test('signs transactions that are by its address, each with an s that chains take', async () => {
    const kms = await vault()
    const signer = await kmsSigner({ keyId: kms.keyId, region })
    for (let nonce = 0; nonce < 8; nonce += 1) {
      const raw = await signer.signTransaction(transaction(nonce))
      const serializedTransaction = raw as TransactionSerializedEIP1559
      expect(await recoverTransactionAddress({ serializedTransaction })).toBe(signer.address)
      expect(BigInt(parseTransaction(serializedTransaction).s ?? 0)).toBeLessThanOrEqual(half)
      expect(await readSigned(raw)).toMatchObject({ from: signer.address, nonce, data: '0xa9059cbb', gas: 65_000n })
    }
    expect(kms.asked).toEqual(['GetPublicKey', ...Array(8).fill('Sign')])
  })

  test('pays on a real chain, at first and again with a higher fee', async () => {
    const chain = await startTestChain()
    stops.push(chain.stop)
    const kms = await vault()
    const signer = await kmsSigner({ keyId: kms.keyId, region })
    const rpcUrl = chain.proxy.url
    await addGas({ rpcUrl, to: signer.address, amount: 10n ** 18n })
    await chain.node.setAutomine(true)
    await mintMusd({ rpcUrl, to: signer.address, amount: 100n })
    await chain.node.setAutomine(false)

    const to = '0x00000000000000000000000000000000000b0b42'
    const first = await signTokenTransfer({ signer, network, asset: 'MUSD', to, amount: 7n, nonce: 0 })
    expect(await broadcast({ network, raw: first.raw })).toEqual({ outcome: 'accepted' })
    const second = await signReplacement({ signer, network, raw: first.raw })
    expect(await broadcast({ network, raw: second.raw })).toEqual({ outcome: 'accepted' })
    await chain.node.mine({ blocks: 1 })
    const origin = { from: signer.address, nonce: 0 }
    expect(
      await followTransfer({ network, asset: 'MUSD', to, hashes: [second.hash, first.hash], origin }),
    ).toMatchObject({ state: 'included', hash: second.hash, from: signer.address, amount: 7n })
  })

  test('of another kind is refused at once', async () => {
    const kms = await vault({ keySpec: 'ECC_NIST_P256' })
    await expect(kmsSigner({ keyId: kms.keyId, region })).rejects.toThrow(
      'The KMS key is of spec ECC_NIST_P256, and has to be ECC_SECG_P256K1.',
    )
  })

  test('that is not there is refused', async () => {
    await vault()
    await expect(kmsSigner({ keyId: 'alias/another', region })).rejects.toThrow(/NotFound/)
  })
})

describe('a signature in DER', () => {
  const good = Buffer.from('3006020101020102', 'hex')

  test('is two numbers', () => {
    expect(readDerSignature(good)).toEqual({ r: 1n, s: 2n })
    expect(readDerSignature(Buffer.from('3008020200ff02020100', 'hex'))).toEqual({ r: 255n, s: 256n })
  })

  test.each([
    ['nothing', ''],
    ['another tag', '3106020101020102'],
    ['a length that is not its own', '3007020101020102'],
    ['one number', '3003020101'],
    ['something after it', '300702010102010200'],
    ['a negative number', '30060201ff020102'],
    ['a number that ends after it', '3006020101020502'],
    ['no integer', '3006030101020102'],
  ])('%s is refused', (_, hex) => {
    expect(() => readDerSignature(Buffer.from(hex, 'hex'))).toThrow('not a signature in DER')
  })
})
