import type { Tone } from '#components/ui/badge.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import type { Link, LinkPayment } from '#lib/links/schema.ts'

type Words = { word: string; tone: Tone; sentence: string; next: string }

/** Whether the link still takes money: its time may be up a moment before the chain's clock ends it. */
export function isPayable({ status, expiresAt }: Link, now: number): boolean {
  return (status === 'open' || status === 'partly_paid') && (expiresAt === null || Date.parse(expiresAt) > now)
}

/** A payment that the chain has and has not buried yet. */
export function arriving({ payments }: Link): LinkPayment | undefined {
  return payments.find(({ status }) => status === 'included' || status === 'broadcast')
}

/** Where a link stands, in words that say where the money is. */
export function linkWords(link: Link, locale: string, now: number): Words {
  const show = (amount: string) => showAmount(amount, link.asset, locale)
  const coming = arriving(link)
  if (coming && (link.status === 'open' || link.status === 'partly_paid')) {
    return {
      word: 'Arriving',
      tone: 'moving',
      sentence: `${show(coming.amount)} are arriving.`,
      next:
        coming.status === 'broadcast'
          ? 'The chain took its block back. It usually has the payment again in a moment; pay nothing twice.'
          : `The chain has ${coming.confirmations} of ${coming.required} confirmations. You can close this page.`,
    }
  }
  switch (link.status) {
    case 'open':
    case 'partly_paid':
      if (!isPayable(link, now)) {
        return {
          word: 'Time is up',
          tone: 'waiting',
          sentence: 'The time to pay this is up.',
          next: 'Pay nothing more. What the chain had before still counts, and is shown here when it was read.',
        }
      }
      if (link.amount === null) {
        const so =
          Number(link.received) > 0 ? `${show(link.received)} have arrived so far.` : 'Nothing has arrived yet.'
        return { word: 'Open', tone: 'waiting', sentence: so, next: 'Any amount is welcome, as often as you like.' }
      }
      return link.status === 'open'
        ? {
            word: 'Open',
            tone: 'waiting',
            sentence: `${show(link.amount)} are asked for.`,
            next: 'Nothing has arrived yet.',
          }
        : {
            word: 'Partly paid',
            tone: 'attention',
            sentence: `${show(link.received)} of ${show(link.amount)} have arrived.`,
            next: `${show(link.due ?? '0')} are left to pay.`,
          }
    case 'paid':
      return {
        word: 'Paid',
        tone: 'arrived',
        sentence: `${show(link.received)} arrived. This is paid.`,
        next: extra(link, show),
      }
    case 'cancelled':
      return {
        word: 'Cancelled',
        tone: 'failed',
        sentence: 'Whoever made this link has ended it.',
        next: late(link) ?? 'Pay nothing to it.',
      }
    case 'expired':
      return {
        word: 'Ended',
        tone: 'failed',
        sentence:
          Number(link.received) > 0
            ? `The time to pay this is up. ${show(link.received)} arrived in time.`
            : 'The time to pay this is up. Nothing arrived in time.',
        next: late(link) ?? 'Pay nothing more to it. Ask for a new link.',
      }
  }
}

/** Too much in one payment, or a payment too many: said, since somebody may want it back. */
function extra(link: Link, show: (amount: string) => string): string {
  const more = link.payments.filter(({ status, counted }) => status === 'confirmed' && !counted)
  if (more.length > 0) {
    const sum = more.map(({ amount }) => show(amount)).join(' and ')
    return `It was paid more than once: ${sum} came besides. They are in the same wallet; ask whoever was paid to return them.`
  }
  if (link.amount !== null && isMore(link.received, link.amount)) {
    return `More than the ${show(link.amount)} that were asked for. The rest is in the same wallet; ask whoever was paid to return it.`
  }
  return 'The transfer was read on chain, and is final.'
}

function late({ payments }: Link): string | null {
  const some = payments.some(({ status, counted }) => status === 'confirmed' && !counted)
  return some
    ? 'What came after that is shown below. It is in the wallet it was sent to; ask whoever was paid to return it.'
    : null
}

/** Decimal texts of one asset, compared exactly. */
function isMore(one: string, other: string): boolean {
  const units = (text: string) => {
    const [whole = '0', fraction = ''] = text.split('.')
    return BigInt(whole + fraction.padEnd(18, '0'))
  }
  return units(one) > units(other)
}

/** What a payment is for its link. */
export function paymentWords(
  { status, counted, confirmations, required }: LinkPayment,
  link: Link,
): { word: string; tone: Tone } {
  if (status === 'broadcast') return { word: 'Taken back by the chain', tone: 'attention' }
  if (status === 'included') return { word: `${confirmations} of ${required} confirmations`, tone: 'moving' }
  if (counted) return { word: 'Arrived', tone: 'arrived' }
  return { word: link.status === 'paid' ? 'Not needed: paid already' : 'Came too late', tone: 'attention' }
}
