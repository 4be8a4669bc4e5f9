'use client'

import { useEffect, useMemo, useState } from 'react'
import { watchInjectedWallets } from '#components/wallet/injected.ts'
import { walletOptions } from '#components/wallet/options.ts'
import type { Wallet, WalletChain, WalletConnectOptions } from '#components/wallet/types.ts'
import { walletConnectWallet } from '#components/wallet/walletconnect.ts'

/** For signing in any network will do: the signature names one and uses none. */
const ethereum: WalletChain = {
  chainId: 1,
  name: 'Ethereum',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  rpcUrl: 'https://eth.merkle.io',
  explorerUrl: 'https://etherscan.io',
}

type Remote = { chains: WalletChain[]; walletConnect: WalletConnectOptions | null }

/**
 * The wallets to choose from: those in this browser, then WalletConnect where it is set up. `searching` is true until
 * both have had their say, so that "none found" is never said too early.
 */
export function useWallets(given: WalletChain = ethereum): { wallets: Wallet[]; searching: boolean } {
  // The network of the moment it was opened: a caller that hands over a new object each time must not start the search again.
  const [chain] = useState(given)
  const [injected, setInjected] = useState<Wallet[]>([])
  const [remote, setRemote] = useState<Remote>()

  useEffect(() => watchInjectedWallets(chain, setInjected), [chain])
  useEffect(() => {
    let gone = false
    walletOptions().then(
      (options) => {
        if (!gone) setRemote(options)
      },
      // Wallets in the browser work without it.
      () => {
        if (!gone) setRemote({ chains: [], walletConnect: null })
      },
    )
    return () => {
      gone = true
    }
  }, [])

  const wallets = useMemo(() => {
    if (!remote?.walletConnect) return injected
    const others = remote.chains.filter(({ chainId }) => chainId !== chain.chainId)
    return [...injected, walletConnectWallet([chain, ...others], remote.walletConnect)]
  }, [injected, remote, chain])
  return { wallets, searching: remote === undefined }
}
