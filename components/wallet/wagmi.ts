import { type Config, type Connector, type CreateConnectorFn, createConfig } from '@wagmi/core'
import { type Chain, defineChain, http, isHash, isHex, stringToHex } from 'viem'
import { WalletChanged } from '#components/wallet/failures.ts'
import type { WalletCall, WalletChain, WalletConnection } from '#components/wallet/types.ts'

function chainOf({ chainId, name, nativeCurrency, rpcUrl, explorerUrl }: WalletChain): Chain {
  return defineChain({
    id: chainId,
    name,
    nativeCurrency,
    rpcUrls: { default: { http: [rpcUrl] } },
    blockExplorers: { default: { name: 'Explorer', url: explorerUrl } },
  })
}

/**
 * A wagmi configuration for these networks. It keeps nothing in the browser: a wallet is asked each time, so that
 * nobody pays to an address that was chosen on another day.
 */
export function wagmiConfig(chains: [WalletChain, ...WalletChain[]], connectors: CreateConnectorFn[] = []): Config {
  const [first, ...others] = chains
  return createConfig({
    chains: [chainOf(first), ...others.map(chainOf)],
    transports: Object.fromEntries(chains.map(({ chainId, rpcUrl }) => [chainId, http(rpcUrl)])),
    connectors,
    multiInjectedProviderDiscovery: connectors.length === 0,
    storage: null,
  })
}

async function ask(connector: Connector, method: string, params: unknown[] = []): Promise<unknown> {
  const provider = await connector.getProvider()
  if (!canRequest(provider)) throw new Error('The wallet went away.')
  return await provider.request({ method, params })
}

async function signWith(connector: Connector, address: `0x${string}`, message: string): Promise<`0x${string}`> {
  const signature = await ask(connector, 'personal_sign', [stringToHex(message), address])
  if (!isHex(signature)) throw new Error('The wallet answered with something that is no signature.')
  return signature
}

/** The wallet can have been changed by hand since it was connected, and it would send on whichever chain it is on. */
async function sendWith(
  connector: Connector,
  from: `0x${string}`,
  { chainId, to, data }: WalletCall,
): Promise<`0x${string}`> {
  const [current, accounts] = [await ask(connector, 'eth_chainId'), await ask(connector, 'eth_accounts')]
  if (Number(current) !== chainId) throw new WalletChanged('chain')
  const has = Array.isArray(accounts) && accounts.some((each) => String(each).toLowerCase() === from.toLowerCase())
  if (!has) throw new WalletChanged('account')
  const hash = await ask(connector, 'eth_sendTransaction', [{ from, to, data, value: '0x0' }])
  if (typeof hash !== 'string' || !isHash(hash))
    throw new Error('The wallet answered with something that is no transaction.')
  return hash
}

function canRequest(
  provider: unknown,
): provider is { request(call: { method: string; params: unknown[] }): Promise<unknown> } {
  return (
    typeof provider === 'object' && provider !== null && 'request' in provider && typeof provider.request === 'function'
  )
}

/** Asks the connector's wallet for an address. */
export async function connectWith(connector: Connector): Promise<WalletConnection> {
  const { accounts, chainId } = await connector.connect()
  const [address] = accounts
  if (!address) throw new Error('The wallet gave no address.')
  return {
    address,
    chainId,
    sign: (message) => signWith(connector, address, message),
    send: (call) => sendWith(connector, address, call),
    async switchTo(chain) {
      if (!connector.switchChain) throw new Error('This wallet changes its network by itself only.')
      await connector.switchChain({
        chainId: chain.chainId,
        addEthereumChainParameter: {
          chainName: chain.name,
          nativeCurrency: chain.nativeCurrency,
          rpcUrls: [chain.rpcUrl],
          blockExplorerUrls: [chain.explorerUrl],
        },
      })
    },
  }
}
