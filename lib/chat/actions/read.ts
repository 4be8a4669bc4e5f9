import type { ChatData } from '#lib/chat/schema.ts'
import type { Turn } from '#lib/chat/turn.ts'
import { getIntent } from '#lib/intents/get.ts'
import { listIntents } from '#lib/intents/list.ts'
import type { Intent, IntentStatus } from '#lib/intents/schema.ts'
import { getWallet } from '#lib/wallets/get.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

const shown = 8

/** Shows what the agent's wallet holds now. */
export async function showWallet({ actor, wallet, answer }: Turn): Promise<Wallet> {
  const now = await getWallet(actor, wallet.id)
  answer.show('wallet', now)
  return now
}

/** Shows the agent's newest payments, or those of a status, or with a text in them. */
export async function showPayments(
  { actor, agent, answer }: Turn,
  { status, search }: { status?: IntentStatus; search?: string },
): Promise<Intent[]> {
  const { intents, nextCursor } = await listIntents(actor, { agentId: agent.id, limit: shown, status, q: search })
  // A list shows no verdicts, and what is kept of a conversation is kept small.
  const listed = intents.map((intent) => ({ ...intent, guardResults: [], events: [] }))
  if (intents.length > 0) answer.show('payments', { intents: listed, more: nextCursor !== null })
  return intents
}

/** Shows whom the person has saved. */
export function showContacts({ contacts, answer }: Turn): ChatData['contacts']['contacts'] {
  const some = contacts.slice(0, 50)
  if (some.length > 0) answer.show('contacts', { contacts: some })
  return some
}

/** What the person is talking of when they ask why: the newest payment, refusal or question in the conversation. */
export function lastShown({ history }: Turn): { intentId: string } | { detail: string } | undefined {
  for (const { role, parts } of history.toReversed()) {
    if (role !== 'assistant') continue
    for (const part of parts.toReversed()) {
      if (part.type === 'data-payment') return { intentId: part.data.intent.id }
      if (part.type === 'data-refusal') return { detail: part.data.detail }
      if (part.type === 'data-simulation') return { detail: because(part.data.guardResults) }
    }
  }
}

/** The payment that is asked about, as it stands now: the one talked of, else the newest that did not simply go through. */
export async function paymentInQuestion(turn: Turn): Promise<Intent | { detail: string } | undefined> {
  const last = lastShown(turn)
  if (last && 'detail' in last) return last
  if (last) return getIntent(turn.actor, last.intentId)
  const { intents } = await listIntents(turn.actor, { agentId: turn.agent.id, limit: 25 })
  return intents.find(({ status }) => !['settled', 'approved', 'executing'].includes(status)) ?? intents[0]
}

/** Why the guards did not let a payment simply pass, in their own sentences. */
export function because(results: Intent['guardResults']): string {
  const reasons = ['refuse', 'ask', 'wait'].flatMap((outcome) =>
    results.filter((each) => each.outcome === outcome).map(({ reason }) => reason),
  )
  if (reasons.length > 0) return reasons.join(' ')
  return results.length === 0 ? 'No guards are set, so you approve every payment.' : 'Every guard let it pass.'
}
