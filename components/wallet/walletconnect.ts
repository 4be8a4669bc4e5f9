import type { Connector } from '@wagmi/core'
import type { WalletConnectModal } from '@walletconnect/modal'
import { PairingClosed } from '#components/wallet/failures.ts'
import type {
  ConnectOptions,
  Wallet,
  WalletChain,
  WalletConnection,
  WalletConnectOptions,
} from '#components/wallet/types.ts'

import { connectWith, wagmiConfig } from '#components/wallet/wagmi.ts'

type Chains = [WalletChain, ...WalletChain[]]

/** One client for each page and set of networks: a second one beside it would share its storage and confuse both. */
const connectors = new Map<string, Promise<Connector>>()

async function makeConnector(chains: Chains, { projectId, relayUrl }: WalletConnectOptions): Promise<Connector> {
  const { walletConnect } = await import('@wagmi/connectors')
  const { origin } = window.location
  const connector = walletConnect({
    projectId,
    showQrModal: false,
    telemetryEnabled: false,
    // The connector hands its options to @walletconnect/ethereum-provider, whose `relayUrl` is the relay's address.
    ...(relayUrl ? { relayUrl } : {}),
    metadata: {
      name: 'Causeway',
      description: 'From your card to your wallet',
      url: origin,
      icons: [`${origin}/icon.svg`],
    },
  })
  const [made] = wagmiConfig(chains, [connector]).connectors
  if (!made) throw new Error('WalletConnect could not be set up.')
  return made
}

/** The window with the code. It puts an element into the page for good, so there is one. */
let modals: Promise<WalletConnectModal> | undefined

function theModal(chains: Chains, options: WalletConnectOptions): Promise<WalletConnectModal> {
  modals ??= makeModal(chains, options)
  // A piece of the page that did not load is asked for again next time.
  modals.catch(() => {
    modals = undefined
  })
  return modals
}

async function makeModal(chains: Chains, { projectId, relayUrl }: WalletConnectOptions): Promise<WalletConnectModal> {
  const { WalletConnectModal } = await import('@walletconnect/modal')
  return new WalletConnectModal({
    projectId,
    chains: chains.map(({ chainId }) => `eip155:${chainId}`),
    // The directory of wallets belongs to the public relay; with a relay of one's own the code alone is shown.
    enableExplorer: relayUrl === null,
    themeMode: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    themeVariables: {
      '--wcm-font-family': 'var(--font-sans)',
      '--wcm-accent-color': 'var(--color-tide)',
      '--wcm-accent-fill-color': 'var(--color-on-tide)',
      // Behind a white mark, so it stays deep in dark mode too.
      '--wcm-background-color': '#0d5a63',
      '--wcm-container-border-radius': '10px',
      '--wcm-background-border-radius': '10px',
      '--wcm-z-index': '60',
    },
  })
}

async function pair(
  chains: Chains,
  options: WalletConnectOptions,
  { onWindow, signal }: ConnectOptions = {},
): Promise<WalletConnection> {
  const key = chains.map(({ chainId }) => chainId).join()
  const making = connectors.get(key) ?? makeConnector(chains, options)
  connectors.set(key, making)
  making.catch(() => connectors.delete(key))
  const [connector, modal] = await Promise.all([making, theModal(chains, options)])

  const { promise: closed, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(new PairingClosed('Nobody waits for this wallet any more.'))
  signal?.addEventListener('abort', giveUp)
  let shown = false
  const show = ({ type, data }: { type: string; data?: unknown }): void => {
    if (type === 'display_uri' && typeof data === 'string' && !signal?.aborted) void modal.openModal({ uri: data })
  }
  connector.emitter.on('message', show)
  const stopWatching = modal.subscribeModal(({ open }) => {
    if (shown && !open) reject(new PairingClosed('The window was closed before a wallet answered.'))
    if (open && !shown) onWindow?.()
    shown = open
  })
  try {
    if (signal?.aborted) giveUp()
    return await Promise.race([connectWith(connector), closed])
  } finally {
    stopWatching()
    signal?.removeEventListener('abort', giveUp)
    connector.emitter.off('message', show)
    modal.closeModal()
  }
}

/** A wallet on another device, or another app on this one, by way of WalletConnect's relay. Its code loads when it is chosen. */
export function walletConnectWallet(chains: Chains, options: WalletConnectOptions): Wallet {
  return {
    id: 'walletConnect',
    name: 'WalletConnect',
    icon: undefined,
    connect: (asking) => pair(chains, options, asking),
  }
}
