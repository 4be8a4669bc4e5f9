import { type Config, type Connector, injected, watchConnectors } from '@wagmi/core'
import type { Wallet, WalletChain } from '#components/wallet/types.ts'
import { connectWith, wagmiConfig } from '#components/wallet/wagmi.ts'

/** Wallets name their picture themselves. Only one that is in the page already is shown: a picture from elsewhere would tell who looks. */
function iconOf(connector: Connector): string | undefined {
  const icon = connector.icon?.trim()
  return icon?.startsWith('data:image/') ? icon : undefined
}

function walletOf(connector: Connector): Wallet {
  return { id: connector.id, name: connector.name, icon: iconOf(connector), connect: () => connectWith(connector) }
}

function walletsOf(config: Config): Wallet[] {
  const announced = new Map(config.connectors.map((connector) => [connector.id, walletOf(connector)]))
  return [...announced.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * Tells of the wallets in this browser, now and whenever one announces itself (EIP-6963). A browser whose only wallet
 * is the old kind, at `window.ethereum`, shows it as one without a name. Returns how to stop.
 */
export function watchInjectedWallets(chain: WalletChain, onChange: (wallets: Wallet[]) => void): () => void {
  const config = wagmiConfig([chain])
  const tell = (): void => {
    const wallets = walletsOf(config)
    const old = wallets.length === 0 && 'ethereum' in window && wagmiConfig([chain], [injected()]).connectors[0]
    onChange(old ? [{ ...walletOf(old), name: 'Browser wallet' }] : wallets)
  }
  const stop = watchConnectors(config, { onChange: tell })
  tell()
  return stop
}
