import type { StationState } from '#components/ui/stations.tsx'
import type { OnrampSession, Transfer } from '#lib/onramp/schema.ts'
export type StationName = 'awaiting_payment' | 'processing' | 'funded' | 'delivering' | 'delivered'

export type Station = {
  name: StationName
  title: string
  state: StationState
  /** When it was reached. */
  at: string | null
  amount: { value: string; code: string } | null
  /** The transaction that proves it. */
  proof: Transfer | null
}

const way: StationName[] = ['awaiting_payment', 'processing', 'funded', 'delivering', 'delivered']

/** The stations of a purchase, in order, each with when it was reached and what proves it. */
export function journey(session: OnrampSession): Station[] {
  const { quote, transfers } = session
  const payout = transfers.findLast((each) => each.kind === 'stripe_payout') ?? null
  const delivery =
    session.delivery === 'treasury' ? (transfers.findLast((each) => each.kind === 'treasury_delivery') ?? null) : payout
  const reached = furthest(session)
  const paid = { value: quote.totalAmount, code: quote.sourceCurrency }
  const arrives = { value: session.deliveredAmount ?? quote.destinationAmount, code: quote.asset }

  const amounts: Record<StationName, Station['amount']> = {
    awaiting_payment: paid,
    processing: null,
    funded: payout?.amount ? { value: payout.amount, code: payout.asset } : null,
    delivering: null,
    delivered: arrives,
  }
  const proofs: Record<StationName, Transfer | null> = {
    awaiting_payment: null,
    processing: null,
    funded: session.delivery === 'treasury' ? payout : null,
    delivering: delivery,
    delivered: null,
  }
  return way.map((name, index) => {
    const state = stateOf(session, index, reached)
    return {
      name,
      title: titleOf(session, name, state),
      state,
      at: session.events.findLast((event) => event.to === name)?.at ?? null,
      amount: amounts[name],
      proof: proofs[name],
    }
  })
}

const titles: Record<StationName, [waiting: string, done: string]> = {
  awaiting_payment: ['Awaiting payment', 'Payment made'],
  processing: ['Processing at Stripe', 'Processed by Stripe'],
  funded: ['Funds received', 'Funds received'],
  delivering: ['Delivering', 'Sent to your wallet'],
  delivered: ['Delivered', 'Delivered'],
}

/** What stands where a purchase ended that was not delivered. */
const ends: Partial<Record<OnrampSession['status'], string>> = {
  expired: 'Time ran out',
  settled_by_hand: 'Settled by hand',
}

/** The index of the last station reached; trouble has no station of its own, so it stands where the events left off. */
function furthest(session: OnrampSession): number {
  const reached = session.events.map((event) => way.indexOf(event.to as StationName))
  return Math.max(0, way.indexOf(session.status as StationName), ...reached)
}

function titleOf({ status, paidAfterExpiry }: OnrampSession, name: StationName, state: StationState): string {
  if (state === 'stopped') return ends[status] ?? 'Refused by Stripe'
  if (state === 'attention' && paidAfterExpiry) return 'Paid after its time'
  return titles[name][state === 'done' ? 1 : 0]
}

function stateOf({ status, paidAfterExpiry }: OnrampSession, index: number, reached: number): StationState {
  if (status === 'delivered') return 'done'
  if (index < reached) return 'done'
  if (index > reached) return 'next'
  if (status === 'needs_attention' || status === 'unknown' || paidAfterExpiry) return 'attention'
  if (status === 'rejected' || status === 'expired' || status === 'settled_by_hand') return 'stopped'
  return 'now'
}
