export type CardOutcome =
  | { kind: 'paid'; brand: string; last4: string }
  | { kind: 'declined'; code: string; declineCode: string; message: string }
  | { kind: 'rejected'; brand: string; last4: string }

/** The test cards, in the order in which the page lists them. */
export const testCards = [
  { number: '4242424242424242', does: 'Pays' },
  { number: '4000000000000002', does: 'Is declined' },
  { number: '4000000000009995', does: 'Has insufficient funds' },
  { number: '4100000000000019', does: 'Fails the identity check' },
] as const

const declines: Record<string, { code: string; declineCode: string; message: string }> = {
  '4000000000000002': { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' },
  '4000000000009995': {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  '4000000000000069': { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
  '4000000000000127': {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  },
}

const paying: Record<string, string> = { '4242424242424242': 'visa', '5555555555554444': 'mastercard' }

/** What this card does. A number that is no test card is declined, as in Stripe's test mode. */
export function chargeCard(card: string): CardOutcome {
  const number = card.replace(/[\s-]/g, '')
  const last4 = number.slice(-4)
  const brand = paying[number]
  if (brand !== undefined) return { kind: 'paid', brand, last4 }
  if (number === '4100000000000019') return { kind: 'rejected', brand: 'visa', last4 }
  const decline = declines[number]
  if (decline) return { kind: 'declined', ...decline }
  return {
    kind: 'declined',
    code: 'card_declined',
    declineCode: 'test_mode_live_card',
    message: 'Your card was declined: this is a sandbox, and it takes test cards only.',
  }
}
