/** The chains Causeway knows, by the names its API uses. Facts about each are in lib/rails/chain/networks.ts. */
export const networkNames = ['mezo', 'mezo-testnet', 'base', 'base-sepolia', 'ethereum'] as const

export type Network = (typeof networkNames)[number]

/** The stablecoins Causeway knows. Where each lives, and with how many decimals, is in lib/rails/chain/tokens.ts. */
export const assetNames = ['MUSD', 'USDC'] as const

export type Asset = (typeof assetNames)[number]

/** Whether the text is one of our network names, exactly as spelled. */
export function isNetwork(text: string): text is Network {
  return (networkNames as readonly string[]).includes(text)
}

/** Whether the text is one of our asset codes, exactly as spelled. */
export function isAsset(text: string): text is Asset {
  return (assetNames as readonly string[]).includes(text)
}
