import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import StripeSdk from 'stripe'
import { type Hex, keccak256, parseGwei } from 'viem'
import { requireToken } from '#lib/rails/chain/tokens.ts'
import { stripe as stripeClient } from '#lib/rails/stripe/client.ts'
import type { Outgoing } from '#sandbox/http/deliveries.ts'
import { createFaults } from '#sandbox/http/faults.ts'
import { type NodeEnvironment, type Served, serve } from '#sandbox/http/serve.ts'
import type { Sender, Sending } from '#sandbox/onchain/sender.ts'
import { createApi } from '#sandbox/stripe/api.ts'
import { createCheckoutDesk } from '#sandbox/stripe/checkout.ts'
import { createEmit } from '#sandbox/stripe/events.ts'
import { createOnrampDesk, type OnrampDesk } from '#sandbox/stripe/onramp-pay.ts'
import { onrampWire } from '#sandbox/stripe/onramp-wire.ts'
import { openState, type State } from '#sandbox/stripe/state.ts'
import { type Chain, network } from '#sim/chain.ts'
import type { Machine } from '#sim/machine.ts'

/** A transfer of USDC by which Stripe fulfils a purchase. */
export type Payout = {
  sending: Sending
  nonce: number | undefined
  gwei: number
  raw: Hex | undefined
  hash: Hex | undefined
  /** Tells the stand-in under which hash it was done; once. */
  settle: ((hash: Hex) => void) | undefined
}

export type Stripe = {
  state: State
  desk: OnrampDesk
  payouts: Map<string, Payout>
  /** The next so many API calls get this status; 0 does the work and drops the connection. */
  fail: (status: number, times: number) => Promise<void>
  /** Signs and sends every payout that was not sent yet. */
  payOut: () => Promise<void>
  /** Looks which payouts a block has, and tells the desk, which then completes their sessions. */
  notice: () => Promise<void>
  /** Sends again what neither the chain nor the pool has any more: the same bytes, or with a higher fee and so under another name. */
  sendAgain: (dearer: boolean) => Promise<number>
  stop: () => Promise<void>
}

/** What the app is configured to believe. The second is the one before a rotation. */
export const webhookSecrets = ['whsec_simulated_now', 'whsec_simulated_before'] as const

let served: Promise<Served> | undefined
let api: Hono<NodeEnvironment> | undefined

/** The address of Stripe. It stays the same for every run in this process, as the app reads its configuration once. */
export async function stripeUrl(): Promise<string> {
  const app = new Hono<NodeEnvironment>().all('*', (c) => {
    if (!api) throw new Error('Nobody asks Stripe between two runs.')
    return api.fetch(c.req.raw, c.env)
  })
  served ??= serve({ app, port: 0 })
  return (await served).url
}

export async function closeStripe(): Promise<void> {
  await (await served)?.stop()
  served = undefined
}

/** The stand-in's own API, sessions and card desk. Its clock, its webhooks' way and its payouts' pace are the run's. */
export async function startStripe(options: {
  dir: string
  chain: Chain
  machine: Machine
  send: (event: Outgoing) => void
}): Promise<Stripe> {
  const { dir, chain, machine, send } = options
  const url = await stripeUrl()
  const origin = (): string => url
  const state = openState(dir)
  const faults = createFaults()
  const routes = new Hono<NodeEnvironment>()
  const deliverer = { send, resend: send, routes, wake: () => {}, stop: async () => {} }
  const emit = createEmit(state, deliverer)
  const payouts = new Map<string, Payout>()
  const sender: Sender = {
    address: chain.stripe.address,
    send: (sending, { signal }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        const settle = (hash: Hex): void => resolve({ hash, outcome: 'success' })
        payouts.set(sending.id, { sending, nonce: undefined, gwei: 500, raw: undefined, hash: undefined, settle })
      }),
  }
  const usdcAddress = requireToken('USDC', network).address
  const desk = createOnrampDesk({ state, emit, sender, usdcAddress, origin, log: () => {} })
  const checkout = createCheckoutDesk({ state, emit, origin })
  api = new Hono<NodeEnvironment>()
  api.route('/v1', createApi({ state, faults, checkout, origin }))

  const client = stripeClient()
  const rawRequest = client.rawRequest.bind(client)
  const fail: Stripe['fail'] = async (status, times) => {
    await faults.routes.request('/', { method: 'POST', body: JSON.stringify({ status, times }) })
  }
  /** The faults come from the server itself, so that the SDK makes of them what it makes of Stripe's. */
  client.rawRequest = (method, path, ...rest) =>
    machine.call(
      `${method} ${path.split('?')[0]}`,
      () => rawRequest(method, path, ...rest),
      ({ when }) =>
        new StripeSdk.errors.StripeConnectionError({
          message: 'The connection broke.',
          // Only what was certainly never heard has a code that says so.
          ...(when === 'before' ? { detail: { code: 'ECONNREFUSED' } } : {}),
          type: 'api_error',
        }),
    )

  let next = 0
  const sign = async (payout: Payout): Promise<void> => {
    payout.nonce ??= next++
    const { to, data } = payout.sending
    const fees = { maxFeePerGas: parseGwei(String(payout.gwei)), maxPriorityFeePerGas: parseGwei('2') }
    const call = { type: 'eip1559', chainId: 31611, to, nonce: payout.nonce, gas: 100_000n, ...fees } as const
    payout.raw = await chain.stripe.signTransaction({ ...call, ...(data === undefined ? {} : { data }) })
    payout.hash = keccak256(payout.raw)
  }

  return {
    state,
    desk,
    payouts,
    fail,
    payOut: async () => {
      for (const payout of payouts.values()) {
        if (payout.raw) continue
        await sign(payout)
        if (payout.raw) await chain.offer(payout.raw)
      }
    },
    notice: async () => {
      for (const payout of payouts.values()) {
        if (!payout.hash || !payout.settle || !(await chain.isMined(payout.hash))) continue
        payout.settle(payout.hash)
        payout.settle = undefined
      }
      // What the desk does then needs nothing from outside, and ends before anything else begins.
      await new Promise((resolve) => setImmediate(resolve))
    },
    sendAgain: async (dearer) => {
      let count = 0
      for (const payout of payouts.values()) {
        if (!payout.raw || !payout.hash || (await chain.isKnown(payout.hash))) continue
        count += 1
        if (dearer) {
          payout.gwei += 100
          await sign(payout)
        }
        await chain.offer(payout.raw)
        const session = state.onramp.get(payout.sending.id)
        if (!dearer || !session || session.transactionId === null) continue
        const renamed = { ...session, transactionId: payout.hash }
        state.onramp.put(renamed.id, renamed)
        emit({ type: 'crypto.onramp_session.updated', object: onrampWire(renamed, url) })
      }
      return count
    },
    stop: async () => {
      client.rawRequest = rawRequest
      api = undefined
      await desk.stop()
      state.store.close()
    },
  }
}

/** The header with which Stripe signs a delivery at a moment, with one of its secrets. */
export function signature(body: string, at: number, secret: string): string {
  const timestamp = Math.floor(at / 1000)
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}
