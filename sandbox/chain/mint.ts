import { type Address, encodeFunctionData, type Hex, parseAbi } from 'viem'
import type { Asset } from '#lib/money/assets.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { nodeClient, sendAs, succeeded } from '#sandbox/chain/node.ts'

export const tokenAbi = parseAbi([
  'constructor(address owner)',
  'function owner() view returns (address)',
  'function mint(address to, uint256 amount)',
])

type Mint = { rpcUrl: string; to: Address; amount: bigint }

/** Makes new tokens on the local chain, in base units, and returns the transaction once a block has it. */
export async function mintToken({ rpcUrl, asset, to, amount }: Mint & { asset: Asset }): Promise<Hex> {
  const node = nodeClient(rpcUrl)
  const { address } = requireToken(asset, 'mezo-testnet')
  const owner = await node.readContract({ address, abi: tokenAbi, functionName: 'owner' })
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [to, amount] })
  const hash = await sendAs(node, { from: owner, to: address, data })
  await succeeded(node, hash)
  return hash
}

/** Tops an address up with MUSD: what an operator of the real treasury does by transferring some to it. */
export async function mintMusd(mint: Mint): Promise<Hex> {
  return await mintToken({ ...mint, asset: 'MUSD' })
}

/** Adds gas (BTC on Mezo, 18 decimals) to what the address has. Test nodes do so without a transaction. */
export async function addGas({ rpcUrl, to, amount }: Mint): Promise<void> {
  const node = nodeClient(rpcUrl)
  await node.setBalance({ address: to, value: (await node.getBalance({ address: to })) + amount })
}
