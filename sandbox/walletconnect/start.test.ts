import { EthereumProvider } from '@walletconnect/ethereum-provider'
import { type Hex, stringToHex, verifyMessage } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { type RelayStandIn, startRelay } from '#sandbox/walletconnect/start.ts'
import { pairWallet, type TestWallet } from '#sandbox/walletconnect/wallet.ts'

let relay: RelayStandIn

beforeAll(async () => {
  relay = await startRelay({ port: 0 })
})
afterAll(() => relay.stop())

const metadata = { name: 'Causeway', description: 'A test', url: 'http://127.0.0.1:3000', icons: [] }
const privateKey = generatePrivateKey()
const account = privateKeyToAccount(privateKey)

describe('startRelay', () => {
  test('a page and a wallet pair over it, and the wallet signs', { timeout: 30_000 }, async () => {
    const provider = await EthereumProvider.init({
      projectId: 'sandbox',
      relayUrl: relay.url,
      metadata,
      telemetryEnabled: false,
      logger: 'silent',
      optionalChains: [31_611],
      showQrModal: false,
      rpcMap: { 31611: 'http://127.0.0.1:9' },
      customStoragePrefix: 'page',
    })
    const wallet = new Promise<TestWallet>((resolve, reject) => {
      provider.on('display_uri', (uri) =>
        pairWallet({ relayUrl: relay.url, uri, privateKey, chainId: 31_611 }).then(resolve, reject),
      )
    })
    await provider.connect()
    expect(provider.accounts).toEqual([account.address])
    expect(provider.chainId).toBe(31_611)

    const message = 'causeway.test wants you to sign in'
    const signature = await provider.request<Hex>({
      method: 'personal_sign',
      params: [stringToHex(message), account.address],
    })
    expect(await verifyMessage({ address: account.address, message, signature })).toBe(true)

    await provider.disconnect()
    await provider.signer.client.core.relayer.transportClose()
    await (await wallet).stop()
  })

  const connect = async (name: string) => {
    const claims = Buffer.from(JSON.stringify({ iss: name })).toString('base64url')
    const socket = new WebSocket(`${relay.url}/?auth=h.${claims}.s`)
    const inbox: { id: number; method?: string; params?: { data: { message: string } }; error?: unknown }[] = []
    let wake = () => {}
    socket.on('message', (data) => {
      inbox.push(JSON.parse(data.toString()))
      wake()
    })
    await new Promise((resolve) => socket.once('open', resolve))
    return {
      socket,
      send: (body: unknown) => socket.send(typeof body === 'string' ? body : JSON.stringify(body)),
      next: async () => {
        while (inbox.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        return inbox.shift()
      },
    }
  }
  const publish = { id: 1, method: 'irn_publish', params: { topic: 'late', message: 'sealed', ttl: 60, tag: 1 } }
  const subscribe = { id: 2, method: 'irn_subscribe', params: { topic: 'late' } }

  test('keeps a message for who subscribes later, until it is confirmed', async () => {
    const sender = await connect('sender')
    sender.send(publish)
    expect(await sender.next()).toMatchObject({ id: 1, result: true })

    for (const confirms of [false, true]) {
      const reader = await connect('reader')
      reader.send(subscribe)
      const delivery = await reader.next()
      expect(delivery).toMatchObject({
        method: 'irn_subscription',
        params: { data: { topic: 'late', message: 'sealed' } },
      })
      expect(await reader.next()).toMatchObject({ id: 2 })
      if (confirms) {
        reader.send({ id: delivery?.id, jsonrpc: '2.0', result: true })
        reader.send({ id: 3, method: 'irn_fetchMessages', params: { topic: 'late' } })
        expect(await reader.next()).toMatchObject({ result: { messages: [] } })
      }
      reader.socket.close()
    }
    sender.socket.close()
  })

  test('refuses what it does not know and stays up', async () => {
    const client = await connect('noisy')
    for (const noise of ['not json', { id: 9, method: 'irn_explode', params: {} }, { id: 10, method: 'irn_publish' }]) {
      client.send(noise)
      expect(await client.next()).toMatchObject({ error: { code: -32600 } })
    }
    client.socket.close()
  })
})
