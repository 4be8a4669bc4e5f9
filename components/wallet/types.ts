/** A network as a wallet is told of it. */
export type WalletChain = {
  chainId: number
  name: string
  nativeCurrency: { name: string; symbol: string; decimals: number }
  rpcUrl: string
  explorerUrl: string
}

/** A wallet that said yes. */
export type WalletConnection = {
  address: `0x${string}`
  /** The network the wallet is on now. */
  chainId: number
  /** Asks the wallet to change to the network, adding it first where the wallet does not know it. */
  switchTo(chain: WalletChain): Promise<void>
  /** Asks the wallet to sign a message that people can read. */
  sign(message: string): Promise<`0x${string}`>
  /**
   * Asks the wallet to sign and send a call on the chain, and gives the transaction's hash. It is not asked at all where it is on
   * another chain, or no longer has the address.
   */
  send(call: WalletCall): Promise<`0x${string}`>
}

/** A call to a contract. It carries no coins of the chain. */
export type WalletCall = { chainId: number; to: string; data: `0x${string}` }

export type ConnectOptions = {
  /** The wallet opened a window of its own over the page. */
  onWindow?: () => void
  /** The person no longer waits for this wallet. */
  signal?: AbortSignal
}

/** A wallet to choose from. */
export type Wallet = {
  id: string
  name: string
  icon: string | undefined
  connect(options?: ConnectOptions): Promise<WalletConnection>
}

/** What WalletConnect needs, from GET /api/v1/onramp/options. */
export type WalletConnectOptions = { projectId: string; relayUrl: string | null }
