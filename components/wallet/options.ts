import { call } from '#components/onramp/api.ts'
import type { Pair } from '#components/onramp/types.ts'
import type { WalletChain, WalletConnectOptions } from '#components/wallet/types.ts'

type WalletOptions = { chains: WalletChain[]; walletConnect: WalletConnectOptions | null }

let loading: Promise<WalletOptions> | undefined

async function load(): Promise<WalletOptions> {
  type Body = { pairs: Pair[]; walletConnect: WalletConnectOptions | null }
  const { body } = await call<Body>('/api/v1/onramp/options')
  const chains = new Map<number, WalletChain>()
  for (const { chainId, chainName, nativeCurrency, rpcUrl, explorerUrl } of body.pairs) {
    chains.set(chainId, { chainId, name: chainName, nativeCurrency, rpcUrl, explorerUrl })
  }
  return { chains: [...chains.values()], walletConnect: body.walletConnect ?? null }
}

/** The networks used here and how to reach WalletConnect, asked once. A failure is forgotten, so that the next call asks again. */
export function walletOptions(): Promise<WalletOptions> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}
