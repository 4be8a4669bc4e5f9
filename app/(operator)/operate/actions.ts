'use server'

import { after } from 'next/server'
import type { ActionResult } from '#components/operate/confirm-action.tsx'
import { acknowledgeAlert } from '#lib/alerts/acknowledge.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { requestActor } from '#lib/auth/request-actor.ts'
import { Problem } from '#lib/http/problem.ts'
import { endUnknownIntent } from '#lib/intents/end-unknown.ts'
import { lookAtIntent } from '#lib/intents/look.ts'
import { refundIntent } from '#lib/intents/refund.ts'
import { drainWithoutWorker } from '#lib/jobs/drain.ts'
import { retryJob } from '#lib/jobs/retry.ts'
import { retryOnrampDelivery } from '#lib/onramp/retry-delivery.ts'
import { settleOnrampDelivery } from '#lib/onramp/settle-delivery.ts'
import { settlePaidAfterExpiry } from '#lib/onramp/settle-paid-after-expiry.ts'
import { acceptHeldRate } from '#lib/rates/accept-held.ts'
import { requestForecasts } from '#lib/rates/forecast/request-forecasts.ts'
import { type RatePolicyInput, setRatePolicy } from '#lib/rates/set-policy.ts'
import { bookWalletLoss } from '#lib/wallets/book-loss.ts'
import { replayWebhookEvent } from '#lib/webhooks/replay.ts'

// What the desk does. Whoever presses, the database refuses everyone but an operator, and keeps who it was.

/** Handles a stored webhook again. */
export async function replayWebhook(id: unknown): Promise<ActionResult> {
  return await attempt((actor) => replayWebhookEvent({ actor, id: text(id) }))
}

/** Tries the delivery of a session that waits again. */
export async function retryDelivery(id: unknown): Promise<ActionResult> {
  return await attempt((actor) => retryOnrampDelivery({ actor, id: text(id) }))
}

/** Says how a delivery that ended otherwise than agreed was settled. */
export async function settleDelivery(id: unknown, note: unknown): Promise<ActionResult> {
  return await attempt((actor) => settleOnrampDelivery({ actor, id: text(id), note: text(note) }))
}
/** Says how a late payment was settled. */
export async function settleLatePayment(id: unknown, note: unknown): Promise<ActionResult> {
  return await attempt((actor) => settlePaidAfterExpiry({ actor, id: text(id), note: text(note) }))
}

/** Lets a job run now. */
export async function runJob(id: unknown): Promise<ActionResult> {
  return await attempt((actor) => retryJob({ actor, id: text(id) }))
}

/** Says that somebody looks after an alert. */
export async function acknowledge(id: unknown): Promise<ActionResult> {
  return await attempt((actor) => acknowledgeAlert({ actor, id: text(id) }))
}

/** Asks Circle and the chain what became of a payment. */
export async function lookAtPayment(id: unknown): Promise<ActionResult> {
  return await attempt((actor) => lookAtIntent({ actor, id: text(id) }))
}

/** Says that an unknown payment never moved. */
export async function endUnknownPayment(id: unknown, note: unknown): Promise<ActionResult> {
  return await attempt((actor) => endUnknownIntent({ actor, id: text(id), note: text(note) }))
}

/** Links the transfer that brought a payment back. */
export async function linkRefund(id: unknown, hash: unknown): Promise<ActionResult> {
  return await attempt((actor) => refundIntent(actor, text(id), { hash: text(hash).trim() }))
}

/** Says where the money went that a wallet lacks. */
export async function bookLoss(id: unknown, note: unknown): Promise<ActionResult> {
  const [walletId = '', asset = ''] = text(id).split('/')
  return await attempt((actor) => bookWalletLoss({ actor, id: walletId, asset, note: text(note) }))
}

/** Sets what quotes of a pair add to the price, and how far the price may move at once. */
export async function saveMarkup(policy: RatePolicyInput): Promise<ActionResult> {
  return await attempt((actor) => setRatePolicy({ actor, ...policy }))
}

/** Says that a price which was held is the price. */
export async function acceptRate(reading: unknown, note: unknown): Promise<ActionResult> {
  const [source = '', base = '', quote = '', at = ''] = text(reading).split('|')
  return await attempt((actor) => acceptHeldRate({ actor, source, base, quote, at, note: text(note) }))
}

/** Makes the forecasts of every pair again. */
export async function forecastNow(): Promise<ActionResult> {
  return await attempt((actor) => requestForecasts({ actor }))
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Runs a verb as whoever asks; a refusal comes back as its sentence. */
async function attempt(verb: (actor: PersonActor | { role: 'anon' }) => Promise<void>): Promise<ActionResult> {
  try {
    await verb(await requestActor())
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, detail: error.detail }
  }
  after(drainWithoutWorker)
  return { ok: true }
}
