import { networkName } from '#components/onramp/network-name.ts'
import type { Tone } from '#components/ui/badge.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import type { OnrampSession } from '#lib/onramp/schema.ts'

export type Whereabouts = {
  tone: Tone
  /** The state in one or two words. */
  word: string
  /** Where the money is. */
  sentence: string
  /** What happens next, and what to do. */
  next: string
}

/** A purchase as a sentence that says where the money is, and one that says what happens next. */
export function whereabouts(session: OnrampSession, locale: string): Whereabouts {
  const { quote, asset } = session
  const total = showAmount(quote.totalAmount, quote.sourceCurrency, locale)
  const amount = showAmount(session.deliveredAmount ?? quote.destinationAmount, asset, locale)
  const network = networkName(session.network)
  const treasury = session.delivery === 'treasury'
  if (session.paidAfterExpiry) return paidLate(session, total)

  switch (session.status) {
    case 'created':
      return {
        tone: 'moving',
        word: 'Opening',
        sentence: 'Your payment is being opened at Stripe. Nothing has been charged.',
        next: 'This takes a few seconds.',
      }
    case 'awaiting_payment':
      return {
        tone: 'waiting',
        word: 'Awaiting payment',
        sentence: `Stripe is waiting for your payment of ${total}. Nothing has been charged yet.`,
        next: 'Pay on Stripe’s page. This one moves on by itself.',
      }
    case 'processing':
      return {
        tone: 'moving',
        word: 'Processing',
        sentence: `Stripe has your payment of ${total} and is turning it into USDC.`,
        next: 'This usually takes a minute or two. You can close this page.',
      }
    case 'funded':
      return {
        tone: 'moving',
        word: 'Funds received',
        sentence: treasury
          ? `Stripe has delivered your USDC to Causeway’s treasury. Your ${amount} are next.`
          : `Stripe has sent your ${asset}. We are looking for it on ${network}.`,
        next: 'Nothing for you to do.',
      }
    case 'delivering':
      return {
        tone: 'moving',
        word: 'Delivering',
        sentence: treasury
          ? `Stripe has your payment. We are sending ${amount} to your wallet now.`
          : `Stripe has sent ${amount} to your wallet. ${network} is confirming it.`,
        next: 'It counts as delivered once the network has confirmed it.',
      }
    case 'delivered':
      return {
        tone: 'arrived',
        word: 'Delivered',
        sentence: `${amount} are in your wallet on ${network}.`,
        next: 'The transfer was read on chain and confirmed. Your receipt is ready.',
      }
    case 'rejected':
      return {
        tone: 'failed',
        word: 'Refused',
        sentence: 'Stripe refused this payment. Nothing was bought.',
        next: 'If your bank shows a pending amount, it lets go of it by itself. You can try again with another card.',
      }
    case 'expired':
      return {
        tone: 'failed',
        word: 'Expired',
        sentence: 'The time for this payment ran out, and no payment has reached us.',
        next: 'Start again for a new price. If you have paid all the same, wait: this page shows it once Stripe tells us.',
      }
    case 'settled_by_hand':
      return {
        tone: 'waiting',
        word: 'Settled',
        sentence: `The delivery of ${amount} did not go as agreed, and a person has settled it by hand.`,
        next: 'Nothing more is sent for this purchase.',
      }
    case 'unknown':
      return {
        tone: 'attention',
        word: 'Checking',
        sentence: `We sent ${amount}, and ${network} has not told us yet whether it took the transfer.`,
        next: 'We keep asking until it is certain. It is never sent twice, and there is nothing for you to do.',
      }
    case 'needs_attention':
      return { tone: 'attention', word: 'Waiting on us', ...trouble(session, amount, network) }
  }
}

/** Stripe has money for a purchase that had ended by then. */
function paidLate({ status, paidAfterExpirySettled }: OnrampSession, total: string): Whereabouts {
  const after = status === 'rejected' ? 'it had refused this payment' : 'this payment’s time had run out'
  const sentence = `Stripe took ${total} after ${after}.`
  return paidAfterExpirySettled
    ? { tone: 'waiting', word: 'Settled', sentence, next: 'A person has settled it by hand.' }
    : {
        tone: 'attention',
        word: 'Paid late',
        sentence,
        next: 'Your payment is recorded, and a person settles it by hand. You need not pay again.',
      }
}

function trouble(session: OnrampSession, amount: string, network: string): { sentence: string; next: string } {
  switch (session.attention?.code) {
    case 'treasury_short':
      return {
        sentence: `Your payment is safe. Our treasury holds too little ${session.asset} to send your ${amount} just now.`,
        next: 'It is sent by itself as soon as the treasury is topped up. There is nothing for you to do, and you can close this page.',
      }
    case 'funding_unverified':
      return {
        sentence: `Stripe says it has sent your money, and we cannot see it on chain yet.`,
        next: 'Your payment is recorded. We keep looking, and go on by ourselves once it is there.',
      }
    case 'delivery_failed':
      return {
        sentence: `The transfer of ${amount} failed on ${network} and moved nothing. Your payment is safe.`,
        next: 'A person looks into it and sends it again.',
      }
    case 'delivery_mismatch':
      return {
        sentence: `Our transfer is on ${network}, and is not the ${amount} that we agreed. Your payment is recorded.`,
        next: 'A person compares it with the chain and settles it with you. Nothing more is sent until then.',
      }
    case 'delivery_displaced':
      return {
        sentence: `Our transfer of ${amount} lost its place to another one and moved nothing. Your payment is safe.`,
        next: 'It is prepared again by itself. There is nothing for you to do.',
      }
    case 'delivery_refused':
      return {
        sentence: `${network} did not take our transfer of ${amount}. Nothing left the treasury, and your payment is safe.`,
        next: 'A person looks into it and sends it again.',
      }
    default:
      return {
        sentence: `Your payment is safe. Sending your ${amount} needs a look from us first.`,
        next: session.attention?.detail ?? 'A person looks into it. There is nothing for you to do.',
      }
  }
}
