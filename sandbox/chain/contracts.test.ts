import { type Address, encodeFunctionData, type Hex, parseAbi, parseSignature, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount, privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { type Anvil, startAnvil } from '#sandbox/chain/anvil.ts'
import { deployReceipt, placeTokens } from '#sandbox/chain/deploy.ts'
import { addGas, mintMusd, mintToken } from '#sandbox/chain/mint.ts'
import { type NodeClient, nodeClient, sendAs, succeeded } from '#sandbox/chain/node.ts'

const musd = requireToken('MUSD', 'mezo-testnet').address
const usdc = requireToken('USDC', 'mezo-testnet').address
const newAddress = (): Address => privateKeyToAddress(generatePrivateKey())
const owner = newAddress()
const minter = newAddress()
const holder = privateKeyToAccount(generatePrivateKey())

let anvil: Anvil
let node: NodeClient
let receipt: Address

beforeAll(async () => {
  anvil = await startAnvil({ chainId: 31611 })
  node = nodeClient(anvil.rpcUrl)
  for (const to of [owner, minter, holder.address]) await addGas({ rpcUrl: anvil.rpcUrl, to, amount: 10n ** 18n })
  await placeTokens(node, owner)
  receipt = await deployReceipt(node, owner, minter)
}, 30_000)
afterAll(() => anvil.stop())

const abi = parseAbi([
  'error ReceiptIsBound()',
  'error AccessControlUnauthorizedAccount(address account, bytes32 role)',
  'error OwnableUnauthorizedAccount(address account)',
  'error AuthorizationAlreadyUsed(address authorizer, bytes32 nonce)',
  'error AuthorizationExpired(uint256 validBefore)',
  'error AuthorizationSignerMismatch(address signer, address authorizer)',
  'error CallerIsNotPayee(address caller, address payee)',
  'function name() view returns (string)',
  'function balanceOf(address) view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function mint(address to, uint256 amount)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function transferWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)',
  'function receiveWithAuthorization(address from, address to, uint256 value, uint256 validAfter, uint256 validBefore, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)',
])
const receiptAbi = parseAbi([
  'error ReceiptIsBound()',
  'error AccessControlUnauthorizedAccount(address account, bytes32 role)',
  'function mint(address to, bytes32 receiptHash)',
  'function ownerOf(uint256 tokenId) view returns (address)',
  'function locked(uint256 tokenId) view returns (bool)',
  'function supportsInterface(bytes4 interfaceId) view returns (bool)',
  'function approve(address to, uint256 tokenId)',
  'function setApprovalForAll(address operator, bool approved)',
  'function transferFrom(address from, address to, uint256 tokenId)',
])

const domainOf = (name: string, verifyingContract: Address) => ({
  name,
  version: '1',
  chainId: 31611,
  verifyingContract,
})

describe('the tokens', () => {
  test('only their owner mints', async () => {
    for (const address of [musd, usdc]) {
      const call = { address, abi, functionName: 'mint', args: [holder.address, 1n], account: holder.address } as const
      await expect(node.simulateContract(call)).rejects.toThrow('OwnableUnauthorizedAccount')
    }
  })

  test('MUSD takes a permit signed for the domain that the real one has', async () => {
    const spender = newAddress()
    const signature = await holder.signTypedData({
      domain: domainOf('Mezo USD', musd),
      primaryType: 'Permit',
      types: {
        Permit: [
          { name: 'owner', type: 'address' },
          { name: 'spender', type: 'address' },
          { name: 'value', type: 'uint256' },
          { name: 'nonce', type: 'uint256' },
          { name: 'deadline', type: 'uint256' },
        ],
      },
      message: { owner: holder.address, spender, value: 5n, nonce: 0n, deadline: 2n ** 40n },
    })
    const { r, s, yParity } = parseSignature(signature)
    const args = [holder.address, spender, 5n, 2n ** 40n, yParity + 27, r, s] as const
    const data = encodeFunctionData({ abi, functionName: 'permit', args })
    await succeeded(node, await sendAs(node, { from: minter, to: musd, data }))
    const allowance = { address: musd, abi, functionName: 'allowance', args: [holder.address, spender] } as const
    expect(await node.readContract(allowance)).toBe(5n)
  })

  test('a mint is a transfer that the pinned contract logs', async () => {
    const to = newAddress()
    const hash = await mintMusd({ rpcUrl: anvil.rpcUrl, to, amount: 7n })
    const { logs } = await node.getTransactionReceipt({ hash })
    expect(logs.map(({ address }) => address.toLowerCase())).toEqual([musd.toLowerCase()])
    expect(await node.readContract({ address: musd, abi, functionName: 'balanceOf', args: [to] })).toBe(7n)
  })
})

describe('USDC by authorization', () => {
  const to = newAddress()
  type Kind = 'TransferWithAuthorization' | 'ReceiveWithAuthorization'

  async function authorize(kind: Kind, nonce: Hex, validBefore = 2n ** 40n) {
    const message = { from: holder.address, to, value: 3n, validAfter: 0n, validBefore, nonce }
    const fields = [
      { name: 'from', type: 'address' },
      { name: 'to', type: 'address' },
      { name: 'value', type: 'uint256' },
      { name: 'validAfter', type: 'uint256' },
      { name: 'validBefore', type: 'uint256' },
      { name: 'nonce', type: 'bytes32' },
    ]
    const domain = domainOf('Mezo Circle USDC', usdc)
    const signature = await holder.signTypedData({ domain, primaryType: kind, types: { [kind]: fields }, message })
    const { r, s, yParity } = parseSignature(signature)
    return [holder.address, to, 3n, 0n, validBefore, nonce, yParity + 27, r, s] as const
  }

  test('moves what was signed, once', async () => {
    await mintToken({ rpcUrl: anvil.rpcUrl, asset: 'USDC', to: holder.address, amount: 10n })
    const args = await authorize('TransferWithAuthorization', toHex(1, { size: 32 }))
    const call = { address: usdc, abi, functionName: 'transferWithAuthorization', args, account: minter } as const
    const data = encodeFunctionData({ abi, functionName: 'transferWithAuthorization', args })
    await succeeded(node, await sendAs(node, { from: minter, to: usdc, data }))
    expect(await node.readContract({ address: usdc, abi, functionName: 'balanceOf', args: [to] })).toBe(3n)
    await expect(node.simulateContract(call)).rejects.toThrow('AuthorizationAlreadyUsed')
  })

  test('not after its time', async () => {
    const args = await authorize('TransferWithAuthorization', toHex(2, { size: 32 }), 1n)
    const call = { address: usdc, abi, functionName: 'transferWithAuthorization', args, account: minter } as const
    await expect(node.simulateContract(call)).rejects.toThrow('AuthorizationExpired')
  })

  test('not for another amount than the signed one', async () => {
    const [from, payee, , ...rest] = await authorize('TransferWithAuthorization', toHex(3, { size: 32 }))
    const args = [from, payee, 4n, ...rest] as const
    const call = { address: usdc, abi, functionName: 'transferWithAuthorization', args, account: minter } as const
    await expect(node.simulateContract(call)).rejects.toThrow('AuthorizationSignerMismatch')
  })

  test('receiving is for the payee alone', async () => {
    const args = await authorize('ReceiveWithAuthorization', toHex(4, { size: 32 }))
    const call = { address: usdc, abi, functionName: 'receiveWithAuthorization', args } as const
    await expect(node.simulateContract({ ...call, account: minter })).rejects.toThrow('CallerIsNotPayee')
    await expect(node.simulateContract({ ...call, account: to })).resolves.toBeDefined()
  })
})

describe('the receipt', () => {
  const hash = toHex(42, { size: 32 })
  const contract = () => ({ address: receipt, abi: receiptAbi }) as const

  test('is issued by the minter, once, and stays', async () => {
    const mint = { ...contract(), functionName: 'mint', args: [holder.address, hash] } as const
    await expect(node.simulateContract({ ...mint, account: holder.address })).rejects.toThrow(
      'AccessControlUnauthorizedAccount',
    )
    const data = encodeFunctionData({ abi: receiptAbi, functionName: 'mint', args: [holder.address, hash] })
    await succeeded(node, await sendAs(node, { from: minter, to: receipt, data }))
    expect(await node.readContract({ ...contract(), functionName: 'ownerOf', args: [42n] })).toBe(holder.address)
    expect(await node.readContract({ ...contract(), functionName: 'locked', args: [42n] })).toBe(true)
    expect(await node.readContract({ ...contract(), functionName: 'supportsInterface', args: ['0xb45a3c0e'] })).toBe(
      true,
    )

    await expect(node.simulateContract({ ...mint, account: minter })).rejects.toThrow('ReceiptIsBound')
    const account = holder.address
    const move = { ...contract(), functionName: 'transferFrom', args: [account, minter, 42n], account } as const
    const approve = { ...contract(), functionName: 'approve', args: [minter, 42n], account } as const
    const approveAll = { ...contract(), functionName: 'setApprovalForAll', args: [minter, true], account } as const
    await expect(node.simulateContract(move)).rejects.toThrow('ReceiptIsBound')
    await expect(node.simulateContract(approve)).rejects.toThrow('ReceiptIsBound')
    await expect(node.simulateContract(approveAll)).rejects.toThrow('ReceiptIsBound')
  })
})
