import { Hono } from 'hono'
import { type Address, createTestClient, type Hex, http, parseEther } from 'viem'
import { z } from 'zod'

import { openEntity, openNotificationKey } from '#sandbox/circle/entity.ts'
import { answerRefusal, CircleRefusal, refusal } from '#sandbox/circle/errors.ts'
import { createFaucet } from '#sandbox/circle/faucet.ts'
import { fixedId, nowText } from '#sandbox/circle/ids.ts'
import { watchInbound } from '#sandbox/circle/inbound.ts'
import { createNotify, keyId, notificationHeaders, outgoing } from '#sandbox/circle/notify.ts'
import { screen } from '#sandbox/circle/screening.ts'
import { openState } from '#sandbox/circle/state.ts'
import { createTokens } from '#sandbox/circle/tokens.ts'
import { createTransactionRoutes } from '#sandbox/circle/transactions.ts'
import { createTransferDesk } from '#sandbox/circle/transfer-desk.ts'
import { createWalletRoutes } from '#sandbox/circle/wallets.ts'
import { createDeliverer } from '#sandbox/http/deliveries.ts'
import { createFaults } from '#sandbox/http/faults.ts'
import { type NodeEnvironment, serve } from '#sandbox/http/serve.ts'

export type CircleOptions = {
  /** Holds what the stand-in remembers, the wallets' keys too. */
  dir: string
  port: number
  rpcUrl: string
  tokens: { USDC: Address; MUSD?: Address }
  /** Pays out the faucet. */
  fundingKey: Hex
  apiKey: string
  /** 32 bytes in hexadecimal, as registered with Circle. */
  entitySecret: string
  /** Null until it is known; notifications wait. */
  webhookUrl: string | null
  retryMs?: readonly number[]
  holdMs?: number
  log?: (line: string) => void
}

export type CircleStandIn = { url: string; setWebhookUrl: (url: string | null) => void; stop: () => Promise<void> }

/** Starts a Circle with developer-controlled wallets whose keys are real and whose transfers happen on the local chain. */
export async function startCircle(options: CircleOptions): Promise<CircleStandIn> {
  const { dir, port, rpcUrl, apiKey, entitySecret, fundingKey, log = () => undefined } = options
  const state = openState(dir)
  state.settings.put('webhook', { url: options.webhookUrl })
  const entity = openEntity(state, entitySecret)
  const notificationKey = openNotificationKey(state)
  const faults = createFaults()
  const deliverer = createDeliverer({
    store: state.store,
    faults,
    target: () => state.settings.get('webhook')?.url ?? null,
    sign: (body) => notificationHeaders(body, notificationKey.privateKey),
    ...(options.retryMs === undefined ? {} : { retryMs: options.retryMs }),
    ...(options.holdMs === undefined ? {} : { holdMs: options.holdMs }),
  })
  const notify = createNotify(state, deliverer)
  const tokens = createTokens(rpcUrl, Object.values(pick(options.tokens)))
  const desk = createTransferDesk({ state, notify, tokens, faults, rpcUrl, log })
  const faucet = createFaucet({ state, rpcUrl, usdc: options.tokens.USDC, fundingKey })
  const stopping = new AbortController()

  // A wallet on a real testnet must be given gas by hand; here the node gives each new key one coin.
  const node = createTestClient({ mode: 'anvil', transport: http(rpcUrl) })
  const onNewAddress = (address: Address) =>
    void node.setBalance({ address, value: parseEther('1') }).catch((error) => log(`${address} has no gas: ${error}`))

  const api = new Hono<NodeEnvironment>()
  api.use(async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${apiKey}`) {
      throw new CircleRefusal(401, 401, 'Invalid credentials.')
    }
    await next()
  })
  api.use(faults.middleware((status) => answerRefusal(new CircleRefusal(status, status, faultText(status)))))
  api.get('/v1/w3s/config/entity/publicKey', async (c) => c.json({ data: { publicKey: await entity.publicKey() } }))
  api.get('/v1/w3s/config/entity', (c) => c.json({ data: { appId: fixedId('application') } }))
  api.route('/v1/w3s', createWalletRoutes({ state, entity, tokens, onNewAddress }))
  api.route('/v1/w3s', createTransactionRoutes({ state, entity, tokens, desk, rpcUrl }))
  api.post('/v1/faucet/drips', async (c) => {
    await faucet(await c.req.json().catch(() => undefined), stopping.signal)
    return c.body(null, 204)
  })
  api.post('/v1/w3s/compliance/screening/addresses', async (c) =>
    c.json(screen(await c.req.json().catch(() => undefined))),
  )
  api.get('/v2/notifications/subscriptions', (c) => {
    const endpoint = state.settings.get('webhook')?.url
    const dates = { createDate: nowText(), updateDate: nowText() }
    const subscription = { id: fixedId('subscription'), name: 'all', endpoint, enabled: true, notificationTypes: ['*'] }
    return c.json({ data: endpoint == null ? [] : [{ ...subscription, ...dates }] })
  })
  api.get('/v2/notifications/publicKey/:id', (c) => {
    if (c.req.param('id') !== keyId) throw new CircleRefusal(404, 404, 'Cannot find the public key.')
    const { publicKey } = notificationKey
    return c.json({ data: { id: keyId, algorithm: 'ECDSA_SHA_256', publicKey, createDate: nowText() } })
  })

  const app = new Hono<NodeEnvironment>()
  app.route('/sandbox/faults', faults.routes)
  app.route('/sandbox/deliveries', deliverer.routes)
  app.put('/sandbox/webhooks', async (c) => {
    const input = z.object({ url: z.url().nullable() }).safeParse(await c.req.json().catch(() => undefined))
    if (!input.success) throw refusal(400, 2, 'url')
    state.settings.put('webhook', input.data)
    deliverer.wake()
    return c.json(input.data)
  })
  app.post('/sandbox/webhooks/resend', async (c) => {
    const input = z.object({ eventId: z.string() }).safeParse(await c.req.json().catch(() => undefined))
    const notification = input.success ? state.notifications.get(input.data.eventId) : undefined
    if (!notification) throw refusal(400, 2, 'eventId')
    deliverer.resend(outgoing(notification))
    return c.json({ eventId: notification.id })
  })
  app.get('/ping', (c) => c.json({ message: 'pong' }))
  app.route('/', api)
  app.onError((error, c) => {
    if (error instanceof CircleRefusal) return answerRefusal(error)
    log(`${c.req.method} ${c.req.path}: ${error.stack}`)
    return c.json({ code: -1, message: 'Something went wrong.' }, 500)
  })
  app.notFound((c) => c.json({ code: 404, message: 'Resource not found' }, 404))

  const served = await serve({ app, port })
  desk.resume()
  const inbound = watchInbound({ state, notify, tokens, rpcUrl, log })
  return {
    url: served.url,
    setWebhookUrl: (url) => {
      state.settings.put('webhook', { url })
      deliverer.wake()
    },
    stop: async () => {
      stopping.abort()
      await served.stop()
      await Promise.all([desk.stop(), inbound.stop(), deliverer.stop(), entity.publicKey()])
      state.store.close()
    },
  }
}

/** Other contracts of the world, such as the receipt's, are no tokens of Circle's. */
const pick = ({ USDC, MUSD }: CircleOptions['tokens']) => (MUSD === undefined ? { USDC } : { USDC, MUSD })

const faultText = (status: number) => (status === 429 ? 'Too many requests.' : 'Internal server error.')
