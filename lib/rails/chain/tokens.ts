import type { Asset, Network } from '#lib/money/assets.ts'

export type Token = {
  asset: Asset
  network: Network
  /** The contract, in checksum spelling. A token is this address and nothing else: symbols can be imitated. */
  address: `0x${string}`
  decimals: number
  /** What the contract itself answers to symbol(), which need not be our code for the asset. */
  symbol: string
}

/**
 * Every token contract we accept, and no other. The self-check compares each with its chain before it is offered.
 * No environment is read, so a browser may import this file.
 */
export const tokens: readonly Token[] = [
  {
    asset: 'MUSD',
    network: 'mezo',
    address: '0xdD468A1DDc392dcdbEf6db6e34E89AA338F9F186',
    decimals: 18,
    symbol: 'MUSD',
  },
  {
    asset: 'MUSD',
    network: 'mezo-testnet',
    address: '0x118917a40FAF1CD7a13dB0Ef56C86De7973Ac503',
    decimals: 18,
    symbol: 'MUSD',
  },
  {
    asset: 'MUSD',
    network: 'ethereum',
    address: '0xdD468A1DDc392dcdbEf6db6e34E89AA338F9F186',
    decimals: 18,
    symbol: 'MUSD',
  },
  // On Mezo, USDC is Circle's USDC bridged from Ethereum, which calls itself mUSDC.
  {
    asset: 'USDC',
    network: 'mezo',
    address: '0x04671C72Aab5AC02A03c1098314b1BB6B560c197',
    decimals: 6,
    symbol: 'mUSDC',
  },
  {
    asset: 'USDC',
    network: 'mezo-testnet',
    address: '0xe1a26db653708A2AD8F824E92Db9852410e33A59',
    decimals: 6,
    symbol: 'mUSDC',
  },
  {
    asset: 'USDC',
    network: 'base',
    address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    decimals: 6,
    symbol: 'USDC',
  },
  {
    asset: 'USDC',
    network: 'base-sepolia',
    address: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
    decimals: 6,
    symbol: 'USDC',
  },
  {
    asset: 'USDC',
    network: 'ethereum',
    address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    decimals: 6,
    symbol: 'USDC',
  },
]

/** The token of an asset on a network, or undefined where the asset does not live there. */
export function findToken(asset: Asset, network: Network): Token | undefined {
  return tokens.find((token) => token.asset === asset && token.network === network)
}

/** As `findToken`, for callers to whom the absence of the pair is a fault of the program. */
export function requireToken(asset: Asset, network: Network): Token {
  const token = findToken(asset, network)
  if (token === undefined) throw new Error(`There is no ${asset} on ${network}.`)
  return token
}
