import { networkName } from '#components/onramp/network-name.ts'
import type { Tone } from '#components/ui/badge.tsx'
import { showAmount } from '#components/ui/show-amount.ts'
import type { Intent, IntentStatus } from '#lib/intents/schema.ts'

type Words = {
  /** Where the money is. */
  sentence: string
  /** What happens next, and what to do. */
  next: string
}

const looks: Record<IntentStatus, [tone: Tone, word: string]> = {
  proposed: ['moving', 'Being judged'],
  denied: ['failed', 'Refused'],
  needs_approval: ['attention', 'Needs you'],
  approved: ['moving', 'Approved'],
  awaiting_signature: ['attention', 'Needs your signature'],
  executing: ['moving', 'Sending'],
  unknown: ['attention', 'Being checked'],
  settled: ['arrived', 'Paid'],
  failed: ['failed', 'Failed'],
  cancelled: ['waiting', 'Cancelled'],
  expired: ['waiting', 'Expired'],
  refunded: ['waiting', 'Refunded'],
}

/** The word for a payment's status, as every list says it. */
export function intentWord(status: IntentStatus): string {
  return looks[status][1]
}

/** What a payment's status means to a person. */
export function intentTone(status: IntentStatus): Tone {
  return looks[status][0]
}

const changing: readonly IntentStatus[] = ['proposed', 'approved', 'executing', 'unknown']

/** Whether a payment changes without anybody doing anything. */
export function isMoving({ status }: Pick<Intent, 'status'>): boolean {
  return changing.includes(status)
}

/** A payment as a sentence that says where the money is, and one that says what happens next. */
export function intentWords(intent: Intent, locale: string, now: number): Words {
  const amount = showAmount(intent.amount, intent.asset, locale)
  const network = networkName(intent.network)
  const agent = intent.agentName
  const wallet = agent === null ? 'your own wallet' : `${agent}’s wallet`

  switch (intent.status) {
    case 'proposed':
      return { sentence: `The guards are looking at ${amount}.`, next: 'This takes a moment.' }
    case 'denied':
      return refusal(intent, agent)
    case 'needs_approval':
      return {
        sentence:
          agent === null
            ? `${amount} wait for you. Nothing has moved.`
            : `${amount} are held in ${wallet}, and wait for you.`,
        next: 'Nothing moves unless you approve it. If you do nothing, it ends by itself.',
      }
    case 'approved':
      return Date.parse(intent.executeAfter) > now
        ? {
            sentence: `${amount} are held in ${wallet}. They are sent after a wait that a guard asks for.`,
            next: 'Until then you can still cancel it.',
          }
        : { sentence: `Approved. Circle is about to send ${amount}.`, next: 'This takes a few seconds.' }
    case 'awaiting_signature':
      return {
        sentence: `${amount} are still in your own wallet. It has to sign before anything moves.`,
        next: 'Sign it below, or cancel it. If you do nothing, it ends by itself.',
      }
    case 'executing':
      return {
        sentence: `${amount} are on their way from ${wallet}. ${network} is confirming them.`,
        next: 'It counts as paid once its transfer was read on chain. You can close this page.',
      }
    case 'unknown':
      return {
        sentence: `${amount} may have left ${wallet}. Nobody can say for certain yet.`,
        next: `They stay held and are never sent twice. We keep asking ${network} until it is certain.`,
      }
    case 'settled':
      return { sentence: `${amount} arrived on ${network}.`, next: 'The transfer was read on chain.' }
    case 'failed':
      return {
        sentence: `The payment failed. All ${amount} are still in ${wallet}.`,
        next: withStop(intent.reason) ?? 'Nothing is held any more, and its budgets have it back.',
      }
    case 'cancelled':
      return {
        sentence: `Cancelled. All ${amount} are still in ${wallet}.`,
        next: withStop(intent.reason) ?? 'Nothing moved.',
      }
    case 'expired':
      return {
        sentence: `Its time ran out. All ${amount} are still in ${wallet}.`,
        next: 'Nothing moved and nothing is held any more.',
      }
    case 'refunded':
      return { sentence: `${amount} came back to ${wallet}.`, next: 'Its budgets have it back as well.' }
  }
}

/** Who refused it, why, and what could be done. */
function refusal(intent: Intent, agent: string | null): Words {
  if (intent.approval?.decision === 'deny') {
    return { sentence: 'You denied this payment. Nothing moved.', next: 'Nothing is held any more.' }
  }
  const refusing = intent.guardResults.filter(({ outcome }) => outcome === 'refuse')
  const reason = refusing[0]?.reason ?? intent.reason ?? 'A guard refused it.'
  const whose = refusing[0]?.scope === 'person' ? 'a guard that holds for all your wallets' : `a guard of ${agent}`
  const others = refusing.length > 1 ? ` ${refusing.length - 1} more would have refused it too.` : ''
  return {
    sentence: `Refused: ${lowerFirst(reason)}`,
    next: `That is ${whose}.${others} Nothing moved and nothing was held.`,
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function withStop(reason: string | null): string | null {
  return reason && (/[.!?]$/.test(reason) ? reason : `${reason}.`)
}
