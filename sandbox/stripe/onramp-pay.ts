import { setTimeout as wait } from 'node:timers/promises'
import { type Address, encodeFunctionData, erc20Abi, getAddress, parseUnits } from 'viem'

import type { Sender } from '#sandbox/onchain/sender.ts'

import { type CardOutcome, chargeCard } from '#sandbox/stripe/cards.ts'
import { invalid } from '#sandbox/stripe/errors.ts'
import type { Emit } from '#sandbox/stripe/events.ts'
import { onrampWire, payoutOf } from '#sandbox/stripe/onramp-wire.ts'
import { cents, purchaseFor, totalCents, usdc } from '#sandbox/stripe/rates.ts'
import type { OnrampSession, OnrampStatus, State } from '#sandbox/stripe/state.ts'

export type OnrampDesk = {
  /** Quotes a new session, as opening its page does. Later calls change nothing. */
  open: (session: OnrampSession) => OnrampSession
  /** Charges the card. A declined one leaves the session as it is. Throws when the session does not take payment. */
  pay: (session: OnrampSession, card: string) => { session: OnrampSession; outcome: CardOutcome }
  /** Takes up payouts that a stop interrupted. */
  resume: () => void
  stop: () => Promise<void>
}

/** Moves onramp sessions: card page, payment, and the payout that really happens on the local chain. */
export function createOnrampDesk(options: {
  state: State
  emit: Emit
  sender: Sender
  usdcAddress: Address
  origin: () => string
  log: (line: string) => void
  pauseMs?: number
}): OnrampDesk {
  const { state, emit, sender, usdcAddress, origin, log, pauseMs = 1000 } = options
  const abort = new AbortController()
  const payouts = new Map<string, Promise<void>>()

  const move = (session: OnrampSession, status: OnrampStatus, changes: Partial<OnrampSession> = {}): OnrampSession =>
    state.store.batch(() => {
      const moved = { ...session, ...changes, status }
      state.onramp.put(moved.id, moved)
      const type = state.settings.get('webhook')?.onrampEventType ?? 'crypto.onramp_session.updated'
      emit({ type, object: onrampWire(moved, origin()), previous: { status: session.status } })
      return moved
    })

  const payOut = async (session: OnrampSession) => {
    const payout = payoutOf(session)
    if (!payout || !session.purchase) throw new Error(`${session.id} has nowhere to pay out to`)
    const amount = parseUnits(session.purchase.destinationAmount, 6)
    const data = encodeFunctionData({
      abi: erc20Abi,
      functionName: 'transfer',
      args: [getAddress(payout.address), amount],
    })
    for (;;) {
      try {
        const sent = await sender.send({ id: session.id, to: usdcAddress, data }, { signal: abort.signal })
        if (sent.outcome === 'success') return void move(session, 'fulfillment_complete', { transactionId: sent.hash })
        return log(`${session.id}: the payout ${sent.hash} was reverted`)
      } catch (error) {
        if (abort.signal.aborted) return
        log(`${session.id}: payout waits: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
        await wait(pauseMs, undefined, { signal: abort.signal }).catch(() => undefined)
      }
    }
  }

  const startPayout = (session: OnrampSession) => {
    payouts.set(
      session.id,
      payOut(session).finally(() => payouts.delete(session.id)),
    )
  }

  const open = (session: OnrampSession) => {
    if (session.status !== 'initialized') return session
    return move(session, 'requires_payment', quoteFor(session))
  }

  return {
    open,
    pay: (session, card) => {
      if (session.status !== 'initialized' && session.status !== 'requires_payment') {
        throw invalid(`This session is ${session.status} and takes no payment.`, 'id', 'resource_already_exists')
      }
      if (!payoutOf(session)) throw invalid('This session has no wallet address.', 'wallet_addresses')
      const opened = open(session)
      const outcome = chargeCard(card)
      if (outcome.kind === 'declined') return { session: opened, outcome }
      const used = { card: { brand: outcome.brand, last4: outcome.last4 } }
      if (outcome.kind === 'rejected') return { session: move(opened, 'rejected', used), outcome }
      const processing = move(opened, 'fulfillment_processing', used)
      startPayout(processing)
      return { session: processing, outcome }
    },
    resume: () => {
      for (const session of state.onramp.all()) {
        if (session.status === 'fulfillment_processing' && !payouts.has(session.id)) startPayout(session)
      }
    },
    stop: async () => {
      abort.abort()
      await Promise.allSettled(payouts.values())
    },
  }
}

/** A session that names no amount is quoted for Stripe's own default. */
function quoteFor(session: OnrampSession): Partial<OnrampSession> {
  const sourceAmount = session.sourceAmount ?? '100.00'
  const sourceCurrency = session.sourceCurrency ?? 'usd'
  const purchase = purchaseFor(sourceAmount, sourceCurrency)
  return {
    sourceAmount,
    sourceCurrency,
    purchase: {
      destinationAmount: usdc(purchase.usdcUnits),
      processingFee: cents(purchase.processingCents),
      networkFee: cents(purchase.networkCents),
      totalAmount: cents(totalCents(purchase)),
    },
  }
}
