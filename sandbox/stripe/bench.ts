import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Stripe from 'stripe'
import type { Address, Hex } from 'viem'

import { createStripe } from '#lib/rails/stripe/client.ts'
import { createOnrampSession } from '#lib/rails/stripe/onramp-sessions.ts'
import { startInbox } from '#sandbox/http/webhook-inbox.ts'
import { type StripeStandIn, startStripe } from '#sandbox/stripe/start.ts'

export const buyer = '0x00000000000000000000000000000000000B0B42'
export const webhookSecret = 'whsec_test'
export const secretKey = 'sk_test_sandbox'

type World = { rpcUrl: string; tokens: { USDC: Address }; accounts: { stripe: { privateKey: Hex } } }

/** For tests in which nothing reaches the chain. */
export const noChain: World = {
  rpcUrl: 'http://127.0.0.1:9',
  tokens: { USDC: '0xe1a26db653708A2AD8F824E92Db9852410e33A59' },
  accounts: { stripe: { privateKey: `0x${'1'.repeat(64)}` } },
}

/** A stand-in of its own for one test, a receiver of its webhooks, and the real SDK pointed at it. */
export async function startBench(chain: World) {
  const dir = mkdtempSync(join(tmpdir(), 'causeway-stripe-'))
  const inbox = await startInbox()
  const start = () =>
    startStripe({
      dir,
      port: 0,
      rpcUrl: chain.rpcUrl,
      tokens: chain.tokens,
      settlementKey: chain.accounts.stripe.privateKey,
      webhookUrl: inbox.url,
      webhookSecret,
      retryMs: [20],
      holdMs: 100,
    })
  let standIn: StripeStandIn = await start()
  let stripe: Stripe = createStripe({ secretKey, apiUrl: standIn.url })

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${standIn.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }

  return {
    inbox,
    call,
    url: () => standIn.url,
    stripe: () => stripe,
    restart: async () => {
      await standIn.stop()
      standIn = await start()
      stripe = createStripe({ secretKey, apiUrl: standIn.url })
    },
    stop: async () => {
      await standIn.stop()
      await inbox.stop()
      rmSync(dir, { recursive: true, force: true })
    },
    session: (idempotencyKey = crypto.randomUUID(), sourceAmount = '25.00') =>
      createOnrampSession(
        {
          idempotencyKey,
          walletAddress: buyer,
          stripeNetwork: 'base',
          sourceAmount,
          sourceCurrency: 'USD',
          customerIp: '127.0.0.1',
          metadata: { session: 'ours', return_url: 'http://127.0.0.1:3000/pay/1' },
        },
        stripe,
      ),
    pay: (id: string, card = '4242424242424242') => call('POST', `/sandbox/onramp_sessions/${id}/pay`, { card }),
    statuses: (): string[] => inbox.received.map(({ body }) => JSON.parse(body).data.object.status),
  }
}

export type Bench = Awaited<ReturnType<typeof startBench>>
