import type { StationState } from '#components/ui/stations.tsx'
import type { IntentDetail, IntentStatus, IntentTransfer } from '#lib/intents/schema.ts'

export type IntentStationName = 'proposed' | 'judged' | 'decided' | 'sent' | 'arrived' | 'refunded'

export type IntentStation = { name: IntentStationName; title: string; state: StationState; at: string | null }

/** The stations of a payment, in order, each with when it was reached. */
export function intentJourney(intent: IntentDetail): IntentStation[] {
  const asked = reached(intent, 'needs_approval')
  const way: IntentStationName[] = [
    'proposed',
    'judged',
    ...(asked ? (['decided'] as const) : []),
    'sent',
    'arrived',
    ...(intent.status === 'refunded' ? (['refunded'] as const) : []),
  ]
  const here = way.indexOf(whereIs(intent, asked))
  return way.map((name, index) => {
    const state = index < here ? 'done' : index > here ? 'next' : stateHere(intent.status)
    return { name, title: titleOf(intent, name, state), state, at: timeOf(intent, name, state) }
  })
}

/** The transfer that pays; null before there is one. */
export function paymentOf({ transfers }: IntentDetail): IntentTransfer | null {
  return transfers.findLast(({ kind }) => kind !== 'refund') ?? null
}

const reached = (intent: IntentDetail, status: IntentStatus): string | null =>
  intent.events.find((event) => event.to === status)?.at ?? null

/** The station at which a payment is, or ended. */
function whereIs(intent: IntentDetail, asked: string | null): IntentStationName {
  switch (intent.status) {
    case 'proposed':
      return 'judged'
    case 'needs_approval':
      return 'decided'
    case 'denied':
      return asked ? 'decided' : 'judged'
    case 'cancelled':
    case 'expired':
      return asked && intent.approval === null ? 'decided' : 'sent'
    case 'approved':
    case 'awaiting_signature':
      return 'sent'
    case 'executing':
    case 'unknown':
    case 'failed':
      return paymentOf(intent)?.hash ? 'arrived' : 'sent'
    case 'settled':
      return 'arrived'
    case 'refunded':
      return 'refunded'
  }
}

function stateHere(status: IntentStatus): StationState {
  switch (status) {
    case 'settled':
    case 'refunded':
      return 'done'
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return 'stopped'
    case 'needs_approval':
    case 'awaiting_signature':
    case 'unknown':
      return 'attention'
    default:
      return 'now'
  }
}

const ends: Partial<Record<IntentStatus, string>> = {
  cancelled: 'Cancelled',
  expired: 'Time ran out',
  failed: 'Failed',
}

function titleOf(intent: IntentDetail, name: IntentStationName, state: StationState): string {
  if (state === 'stopped' && ends[intent.status]) return ends[intent.status] ?? ''
  const byPerson = intent.agentId === null
  switch (name) {
    case 'proposed':
      return intent.events[0]?.actor === 'agent' && intent.agentName
        ? `Proposed by ${intent.agentName}`
        : 'Proposed by you'
    case 'judged':
      if (state === 'stopped') return 'Refused by a guard'
      if (reached(intent, 'needs_approval')) {
        return intent.guardResults.length === 0 ? 'No guard is set, so you are asked' : 'A guard asks you'
      }
      return state === 'done' ? 'Let through by the guards' : 'Judged by the guards'
    case 'decided':
      if (state === 'stopped') return 'Denied by you'
      return state === 'done' ? 'Approved by you' : 'Waiting for you'
    case 'sent':
      if (byPerson) return state === 'done' ? 'Signed by your wallet' : 'Your wallet signs'
      if (state === 'attention') return 'Circle has not said'
      return state === 'now' ? 'Being sent' : 'Sent by Circle'
    case 'arrived':
      if (state === 'now') return 'Being confirmed'
      return state === 'attention' ? 'Not certain yet' : 'Arrived'
    case 'refunded':
      return 'Came back'
  }
}

function timeOf(intent: IntentDetail, name: IntentStationName, state: StationState): string | null {
  if (state === 'next') return null
  if (state === 'stopped') return intent.finalizedAt
  switch (name) {
    case 'proposed':
      return intent.createdAt
    case 'judged':
      return intent.events[1]?.at ?? null
    case 'decided':
      return intent.approval?.at ?? reached(intent, 'needs_approval')
    case 'sent':
      return paymentOf(intent)?.createdAt ?? reached(intent, 'executing')
    case 'arrived':
      return reached(intent, 'settled') ?? reached(intent, 'executing')
    case 'refunded':
      return reached(intent, 'refunded')
  }
}
