import { because } from '#lib/chat/actions/read.ts'
import type { Intent, Simulation } from '#lib/intents/schema.ts'

type Payment = Pick<Intent, 'amount' | 'asset' | 'recipient'>

const of = ({ amount, asset, recipient }: Payment) => `${amount} ${asset} to ${recipient}`

/** Where the money of a payment is, in a sentence or two. */
export function tell(intent: Intent): string {
  const { status, reason, guardResults } = intent
  switch (status) {
    case 'denied':
      return `${of(intent)}: refused. ${reason ?? because(guardResults)} Nothing moved, and nothing is held.`
    case 'needs_approval':
      return `${of(intent)} waits for you. ${because(guardResults)} The money is held and has not moved.`
    case 'proposed':
    case 'approved':
      return `${of(intent)} is approved and about to be sent.`
    case 'awaiting_signature':
      return `${of(intent)} waits for your wallet's signature.`
    case 'executing':
      return `${of(intent)} is on its way.`
    case 'settled':
      return `${of(intent)} arrived. Its transfer was read on chain.`
    case 'unknown':
      return `${of(intent)}: no clear outcome yet. The money stays held, and it is not sent a second time.`
    case 'failed':
      return `${of(intent)} failed. ${reason ?? ''} The money is back in the wallet.`
    case 'refunded':
      return `${of(intent)} was paid and came back.`
    case 'cancelled':
    case 'expired':
      return `${of(intent)} ended before anything moved. ${reason ?? ''}`.trim()
  }
}

/** What became of a proposal at once. It stays true: where the money is by now, the payment's card says. */
export function verdictOf({ status, guardResults, reason }: Intent): string {
  if (status === 'denied') return `Your guards refused it. ${reason ?? because(guardResults)}`
  if (status === 'needs_approval') return `You are asked first. ${because(guardResults)}`
  return because(guardResults)
}

/** What would become of a payment, and why. */
export function foresee(payment: Payment, { status, guardResults }: Simulation): string {
  const outcome = {
    denied: 'would be refused',
    needs_approval: 'would ask you first',
    approved: 'would be paid at once',
  }
  return `${of(payment)} ${outcome[status]}. ${because(guardResults)}`
}
