import { type Network, networkNames } from '#lib/money/assets.ts'

export type NetworkInfo = {
  name: Network
  label: string
  chainId: number
  /** The chain by its CAIP-2 name, as other systems know it. */
  caip2: `eip155:${number}`
  nativeCurrency: { name: string; symbol: string; decimals: number }
  defaultRpcUrl: string
  explorerUrl: string
  /** How many blocks, its own included, a transaction needs before we call it final. */
  confirmations: number
  /** The most we pay for a unit of gas, in wei, unless TREASURY_MAX_FEE_GWEI says otherwise. */
  maxFeePerGas: bigint
  testnet: boolean
}

const gwei = 1_000_000_000n

const bitcoin = { name: 'Bitcoin', symbol: 'BTC', decimals: 18 }
const ether = { name: 'Ether', symbol: 'ETH', decimals: 18 }

/**
 * The chains, and every fixed fact about them. This file reads no environment, so a browser may import it;
 * the server's own RPC and explorer addresses are in rpc.ts.
 */
export const networks: Record<Network, NetworkInfo> = {
  mezo: {
    name: 'mezo',
    label: 'Mezo',
    chainId: 31612,
    caip2: 'eip155:31612',
    nativeCurrency: bitcoin,
    defaultRpcUrl: 'https://rpc.mezo.org',
    explorerUrl: 'https://explorer.mezo.org',
    // Mezo's validators finalise each block as they commit it. Six guard against a public RPC node that is wrong about it.
    confirmations: 6,
    // Gas is paid in bitcoin: at this price a delivery costs near 0.0003 BTC, the dearest that is still worth sending.
    maxFeePerGas: 5n * gwei,
    testnet: false,
  },
  'mezo-testnet': {
    name: 'mezo-testnet',
    label: 'Mezo testnet',
    chainId: 31611,
    caip2: 'eip155:31611',
    nativeCurrency: bitcoin,
    defaultRpcUrl: 'https://rpc.test.mezo.org',
    explorerUrl: 'https://explorer.test.mezo.org',
    // Nothing of value is at stake; three still exercise the wait between included and confirmed.
    confirmations: 3,
    maxFeePerGas: 100n * gwei,
    testnet: true,
  },
  base: {
    name: 'base',
    label: 'Base',
    chainId: 8453,
    caip2: 'eip155:8453',
    nativeCurrency: ether,
    defaultRpcUrl: 'https://mainnet.base.org',
    explorerUrl: 'https://basescan.org',
    // One sequencer, a block every two seconds: twelve are 24 seconds in which it may still take a block back.
    confirmations: 12,
    maxFeePerGas: 10n * gwei,
    testnet: false,
  },
  'base-sepolia': {
    name: 'base-sepolia',
    label: 'Base Sepolia',
    chainId: 84532,
    caip2: 'eip155:84532',
    nativeCurrency: ether,
    defaultRpcUrl: 'https://sepolia.base.org',
    explorerUrl: 'https://sepolia.basescan.org',
    // As Base, with half the wait, since the tokens are worth nothing.
    confirmations: 6,
    maxFeePerGas: 100n * gwei,
    testnet: true,
  },
  ethereum: {
    name: 'ethereum',
    label: 'Ethereum',
    chainId: 1,
    caip2: 'eip155:1',
    nativeCurrency: ether,
    defaultRpcUrl: 'https://ethereum.reth.rs/rpc',
    explorerUrl: 'https://etherscan.io',
    // Full finality takes near thirteen minutes; twelve blocks, near two and a half, suit sums the size of a card payment.
    confirmations: 12,
    maxFeePerGas: 200n * gwei,
    testnet: false,
  },
}

/** Every network in the order they are shown. */
export const networkList: readonly NetworkInfo[] = networkNames.map((name) => networks[name])

/** The page of a transaction at an explorer of the usual layout. */
export function transactionUrl(explorerUrl: string, hash: string): string {
  return `${explorerUrl}/tx/${hash}`
}

/** The page of an address at an explorer of the usual layout. */
export function addressUrl(explorerUrl: string, address: string): string {
  return `${explorerUrl}/address/${address}`
}
