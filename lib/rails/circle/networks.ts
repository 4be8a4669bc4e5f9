import { env, isLoopback } from '#lib/env.ts'
import { isNetwork, type Network, networkNames } from '#lib/money/assets.ts'
import { CircleNotConfigured } from '#lib/rails/circle/client.ts'

/** The EVM chains on which Circle keeps wallets and USDC, of those that we know, by Circle's own names. */
const blockchains = ['BASE', 'BASE-SEPOLIA', 'ETH'] as const

export type Blockchain = (typeof blockchains)[number]

/** Which of Circle's names is the same chain as ours. Circle does not serve Mezo. */
const sameChain: Partial<Record<Network, Blockchain>> = {
  base: 'BASE',
  'base-sepolia': 'BASE-SEPOLIA',
  ethereum: 'ETH',
}

const testnets: readonly Blockchain[] = ['BASE-SEPOLIA']

type Terms = { apiKey: string; apiUrl?: string | undefined }

/**
 * Reads CIRCLE_NETWORKS (our network → Circle's). Throws naming the entry that either side does not know, that is another
 * chain than ours (only a stand-in on this machine may be told so), or that the key is not for: a slip there stops the start
 * and not a payment.
 */
export function parseCircleNetworks(
  mapping: Record<string, string>,
  { apiKey, apiUrl }: Terms,
): Map<Network, Blockchain> {
  const isStandIn = apiUrl !== undefined && isLoopback(new URL(apiUrl).hostname)
  const isTest = apiKey.startsWith('TEST_')
  return new Map(
    Object.entries(mapping).map(([ours, theirs]) => {
      if (!isNetwork(ours)) throw new Error(`CIRCLE_NETWORKS: '${ours}' is none of ${networkNames.join(', ')}`)
      const blockchain = blockchains.find((name) => name === theirs)
      if (blockchain === undefined) {
        throw new Error(`CIRCLE_NETWORKS: wallets are made on ${blockchains.join(', ')}, not on '${theirs}'`)
      }
      if (!isStandIn && sameChain[ours] !== blockchain) {
        throw new Error(`CIRCLE_NETWORKS: ${ours} and Circle's ${theirs} are not the same chain`)
      }
      if (testnets.includes(blockchain) !== isTest) {
        throw new Error(`CIRCLE_NETWORKS: ${isTest ? 'a test' : 'a live'} key of Circle's is not for ${theirs}`)
      }
      return [ours, blockchain]
    }),
  )
}

const testDefault = { 'base-sepolia': 'BASE-SEPOLIA' }
const liveDefault = { base: 'BASE', ethereum: 'ETH' }

/** What CIRCLE_NETWORKS is when it is not set, for the kind of key. */
export const defaultNetworks = (apiKey: string): Record<string, string> =>
  apiKey.startsWith('TEST_') ? testDefault : liveDefault

/** The networks on which agents have wallets here, and Circle's name of each. None without Circle. */
export function circleNetworks(): Map<Network, Blockchain> {
  const { CIRCLE_API_KEY: apiKey, CIRCLE_API_URL: apiUrl, CIRCLE_NETWORKS: mapping } = env()
  if (apiKey === undefined) return new Map()
  return parseCircleNetworks(mapping ?? defaultNetworks(apiKey), { apiKey, apiUrl })
}

/** Circle's name of one of our networks. Throws `CircleNotConfigured` where agents have no wallets. */
export function requireBlockchain(network: Network): Blockchain {
  const blockchain = circleNetworks().get(network)
  if (blockchain === undefined) throw new CircleNotConfigured(`Agents have no wallets on ${network} here.`)
  return blockchain
}
