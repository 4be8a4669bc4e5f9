import { WalletKit } from '@reown/walletkit'
import { Core } from '@walletconnect/core'
import { type Hex, isHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

export type TestWallet = { address: Hex; stop: () => Promise<void> }

/**
 * A real WalletConnect wallet, as on a phone, that read `uri` off a page: approves what the page proposes for its one
 * account on one chain, and signs the messages it is asked to. For tests.
 */
export async function pairWallet(options: {
  relayUrl: string
  uri: string
  privateKey: Hex
  chainId: number
}): Promise<TestWallet> {
  const account = privateKeyToAccount(options.privateKey)
  const chain = `eip155:${options.chainId}`
  const core = new Core({
    projectId: 'sandbox',
    relayUrl: options.relayUrl,
    telemetryEnabled: false,
    logger: 'silent',
    customStoragePrefix: `wallet-${account.address}`,
  })
  const metadata = { name: 'Test wallet', description: 'Signs in tests', url: 'http://127.0.0.1', icons: [] }
  // Cast: the package's own Core leaves out an optional field that its interface lists without undefined.
  const wallet = await WalletKit.init({ core: core as unknown as WalletKitCore, metadata })

  wallet.on('session_proposal', async ({ id }) => {
    await wallet.approveSession({
      id,
      namespaces: {
        eip155: {
          chains: [chain],
          methods: ['personal_sign'],
          events: ['accountsChanged', 'chainChanged'],
          accounts: [`${chain}:${account.address}`],
        },
      },
    })
  })
  wallet.on('session_request', async ({ topic, id, params }) => {
    const message: unknown = params.request.method === 'personal_sign' ? params.request.params?.[0] : undefined
    const response = isHex(message)
      ? { id, jsonrpc: '2.0', result: await account.signMessage({ message: { raw: message } }) }
      : { id, jsonrpc: '2.0', error: { code: 4200, message: 'This wallet signs messages only.' } }
    await wallet.respondSessionRequest({ topic, response })
  })
  await wallet.pair({ uri: options.uri })
  return { address: account.address, stop: () => wallet.core.relayer.transportClose() }
}

type WalletKitCore = Parameters<typeof WalletKit.init>[0]['core']
