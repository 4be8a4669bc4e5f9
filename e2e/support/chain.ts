import {
  type Address,
  createPublicClient,
  createTestClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
} from 'viem'
import type { World } from '#e2e/support/world.ts'

/** What the address holds, in base units, read from the chain itself. */
export function tokenBalance(world: World, asset: 'MUSD' | 'USDC', owner: Address): Promise<bigint> {
  const client = createPublicClient({ transport: http(world.rpc) })
  return client.readContract({
    address: world.tokens[asset],
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [owner],
  })
}

/** Moves all MUSD of the treasury to the given address, as its owner would, and resolves to what that was. */
export async function emptyTreasury(world: World, to: Address): Promise<bigint> {
  const held = await tokenBalance(world, 'MUSD', world.treasury.address)
  await moveMusd(world, world.treasury.address, to, held)
  return held
}

/** Sends MUSD from an address whose key nobody here needs: the sandbox chain lets a test act as anyone. */
export async function moveMusd(world: World, from: Address, to: Address, amount: bigint): Promise<void> {
  const client = createTestClient({ mode: 'anvil', transport: http(world.rpc) })
  const reader = createPublicClient({ transport: http(world.rpc), pollingInterval: 200 })
  await client.impersonateAccount({ address: from })
  await client.setBalance({ address: from, value: 10n ** 18n })
  const wallet = createWalletClient({ transport: http(world.rpc) })
  const data = encodeFunctionData({
    abi: erc20Abi,
    functionName: 'transfer',
    args: [to, amount],
  })
  const hash = await wallet.sendTransaction({ account: from, to: world.tokens.MUSD, data, chain: null })
  const { status } = await reader.waitForTransactionReceipt({ hash })
  await client.stopImpersonatingAccount({ address: from })
  if (status !== 'success') throw new Error(`The transfer ${hash} was reverted.`)
}

/**
 * Lets the MUSD token refuse every transfer, as a paused one does, and answer everything else as before. Resolves to what
 * puts it back.
 */
export async function pauseMusd(world: World): Promise<() => Promise<void>> {
  const token = world.tokens.MUSD
  const client = createTestClient({ mode: 'anvil', transport: http(world.rpc) })
  const code = await createPublicClient({ transport: http(world.rpc) }).getCode({ address: token })
  if (!code) throw new Error('There is no token.')
  const behind = '0x00000000000000000000000000000000000da0da'
  await client.setCode({ address: behind, bytecode: code })
  await client.setCode({ address: token, bytecode: refusesTransfers(behind) })
  return () => client.setCode({ address: token, bytecode: code })
}

/** Reverts where the call's selector is that of transfer(address,uint256), and delegates every other call. */
function refusesTransfers(target: Address): Hex {
  const selectorIsTransfer = '60003560e01c63a9059cbb14604557'
  const delegate = `3660006000376000600036600073${target.slice(2)}5af4`
  const answer = '3d600060003e604057'
  const fail = '3d6000fd'
  const succeed = '5b3d6000f3'
  const refuse = '5b60006000fd'
  return `0x${selectorIsTransfer}${delegate}${answer}${fail}${succeed}${refuse}`
}
