import { randomUUID } from 'node:crypto'
import { feeOf } from '#lib/chat/fee.ts'
import type { Draft } from '#lib/chat/schema.ts'
import type { Wanted } from '#lib/chat/trace.ts'
import type { Turn } from '#lib/chat/turn.ts'
import { Problem } from '#lib/http/problem.ts'
import { simulateIntent } from '#lib/intents/simulate.ts'

export type Drafted = { draft: Draft; problem?: never } | { problem: Problem; draft?: never }

/** Shows a payment that somebody's text asks for, as what it is: a draft, which holds and moves nothing until its person confirms it. */
export async function makeDraft(
  turn: Turn,
  wanted: Wanted & Pick<Draft, 'purpose' | 'readBy'> & { warnings?: string[] },
): Promise<Drafted> {
  const { recipient, amount, asset, purpose, readBy, warnings = [] } = wanted
  try {
    const simulation = await simulateIntent(turn.actor, { walletId: turn.wallet.id, recipient, amount, asset })
    const address = simulation.recipientAddress.toLowerCase()
    const saved = turn.contacts.find((contact) => contact.address.toLowerCase() === address)
    const draft: Draft = {
      id: randomUUID(),
      readBy,
      recipient: saved?.name ?? recipient,
      recipientAddress: simulation.recipientAddress,
      amount,
      asset,
      network: turn.wallet.network,
      purpose,
      fee: await feeOf(turn.wallet, { amount, asset, recipientAddress: simulation.recipientAddress }),
      warnings: saved ? warnings : [...warnings, 'This address is none of your contacts. Compare the whole of it.'],
      simulation,
    }
    turn.answer.show('draft', draft)
    return { draft }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status >= 500) throw problem
    turn.answer.show('refusal', { amount, asset, recipient, code: problem.code, detail: problem.detail })
    return { problem }
  }
}

/** The drafts that were shown in this conversation, oldest first. What a person says they saw counts for nothing. */
export function draftsOf({ history }: Pick<Turn, 'history'>): Draft[] {
  return history
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'data-draft' ? [part.data] : [])))
}

/**
 * The one draft of the last answer: what a plain "yes" means. Two drafts, or none, are nothing that it could mean; nor is a
 * draft of a model's, which may have been talked into showing it again.
 */
export function lastDraft({ history }: Pick<Turn, 'history'>): Draft | undefined {
  const drafts = draftsOf({ history: history.slice(-1) })
  const [draft] = drafts
  return drafts.length === 1 && draft?.readBy === 'rules' ? draft : undefined
}
