import { decodeFunctionData, erc20Abi } from 'viem'
import { expect, test } from 'vitest'
import { transferCall } from '#components/sign/transfer-call.ts'
import { linkReference, readLinkReference } from '#lib/links/reference.ts'

const request = {
  chain: {
    chainId: 31611,
    name: 'Mezo testnet',
    nativeCurrency: { name: 'Bitcoin', symbol: 'BTC', decimals: 18 },
    rpcUrl: 'http://127.0.0.1:1',
    explorerUrl: 'http://127.0.0.1:2',
  },
  asset: 'USDC',
  token: '0xe1a26db653708A2AD8F824E92Db9852410e33A59',
  to: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  amount: '10.00',
  units: '10000000',
}
const id = '0197a4c2-6d1e-7c3a-9f40-5b8f2d1c7e90'

test('a wallet is asked for the transfer and nothing beside it', () => {
  const { chainId, to, data } = transferCall(request)
  expect({ chainId, to }).toEqual({ chainId: 31611, to: request.token })
  expect(decodeFunctionData({ abi: erc20Abi, data })).toEqual({
    functionName: 'transfer',
    args: [request.to, 10_000_000n],
  })
  expect(data).toHaveLength(2 + 2 * (4 + 32 + 32))
})

test('a reference stands behind the call and changes nothing in it', () => {
  const plain = transferCall(request).data
  const { data } = transferCall({ ...request, reference: linkReference(id) })
  expect(data.startsWith(plain)).toBe(true)
  expect(readLinkReference(data)).toBe(id)
  expect(decodeFunctionData({ abi: erc20Abi, data }).args).toEqual([request.to, 10_000_000n])
})
