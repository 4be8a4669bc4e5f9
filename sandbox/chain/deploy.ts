import { gunzipSync } from 'node:zlib'
import { type Address, encodeDeployData, getContractAddress, type Hex, hexToBytes, keccak256, parseAbi } from 'viem'
import type { Asset } from '#lib/money/assets.ts'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { compileContracts } from '#sandbox/chain/compile.ts'
import { tokenAbi } from '#sandbox/chain/mint.ts'
import { type NodeClient, sendAs } from '#sandbox/chain/node.ts'

const receiptAbi = parseAbi(['constructor(address admin, address minter)'])

type Dump = { accounts: Record<string, { storage: Record<Hex, Hex> }> }

/**
 * Puts the tokens' contracts at the very addresses that the app pins for Mezo testnet, so that the app needs no setting
 * for the local chain. Each is deployed as usual, then its code and whole storage are copied. Needs an owner with gas.
 */
export async function placeTokens(node: NodeClient, owner: Address): Promise<void> {
  const bytecodes = await compileContracts()
  await place(node, owner, 'MUSD', bytecodes.MezoUSD)
  await place(node, owner, 'USDC', bytecodes.BridgedUSDC)
}

async function place(node: NodeClient, owner: Address, asset: Asset, bytecode: Hex): Promise<void> {
  const { address } = requireToken(asset, 'mezo-testnet')
  const from = await deploy(node, owner, encodeDeployData({ abi: tokenAbi, bytecode, args: [owner] }))
  const code = await node.getCode({ address: from })
  if (code === undefined) throw new Error(`The deployed ${asset} has no code.`)
  const dump = JSON.parse(gunzipSync(hexToBytes(await node.dumpState())).toString()) as Dump
  await node.setCode({ address, bytecode: code })
  for (const [index, value] of Object.entries(dump.accounts[from.toLowerCase()]?.storage ?? {})) {
    // Cast: the keys of a record come out as plain strings.
    await node.setStorageAt({ address, index: index as Hex, value })
  }
  const placed = await node.getCode({ address })
  if (placed === undefined || keccak256(placed) !== keccak256(code)) throw new Error(`${asset} was not placed.`)
}

/** Deploys the receipt's contract: `admin` may appoint minters, `minter` issues. Returns its address. */
export async function deployReceipt(node: NodeClient, admin: Address, minter: Address): Promise<Address> {
  const { ReceiptNFT: bytecode } = await compileContracts()
  return await deploy(node, admin, encodeDeployData({ abi: receiptAbi, bytecode, args: [admin, minter] }))
}

/** Sends a creation and mines it at once, whatever the node's own rhythm is. */
async function deploy(node: NodeClient, from: Address, data: Hex): Promise<Address> {
  const nonce = BigInt(await node.getTransactionCount({ address: from, blockTag: 'pending' }))
  await sendAs(node, { from, data })
  await node.mine({ blocks: 1 })
  const address = getContractAddress({ from, nonce })
  if ((await node.getCode({ address })) === undefined) throw new Error('The contract was not deployed.')
  return address
}
