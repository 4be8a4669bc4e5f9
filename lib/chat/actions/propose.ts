import { feeOf } from '#lib/chat/fee.ts'
import type { Draft } from '#lib/chat/schema.ts'
import { orderedPlace, type Wanted } from '#lib/chat/trace.ts'
import type { Turn } from '#lib/chat/turn.ts'
import { Problem } from '#lib/http/problem.ts'
import { proposeIntent } from '#lib/intents/propose.ts'
import type { Intent } from '#lib/intents/schema.ts'

export type Proposed = { intent: Intent; problem?: never } | { problem: Problem; intent?: never }

const unnamed = 'Ordered in a conversation'

/**
 * Proposes the order of that place in the person's own words, exactly as they said it, and shows what came of it. However often
 * it is called: one order of one message is one payment.
 */
export function proposeOrder(turn: Turn, place: number): Promise<Proposed> {
  const order = turn.ordered.kind === 'orders' ? turn.ordered.orders[place] : undefined
  if (!order) throw new Error(`There is no order ${place} in message ${turn.messageId}.`)
  return propose(turn, { ...order, purpose: order.purpose ?? unnamed }, `chat:${turn.messageId}:${place}`)
}

/** Proposes a payment that somebody else worded, when the person ordered exactly that; undefined when they did not. */
export async function proposeWanted(turn: Turn, wanted: Wanted): Promise<Proposed | undefined> {
  const place = turn.ordered.kind === 'orders' ? orderedPlace(wanted, turn.ordered.orders) : -1
  return place < 0 ? undefined : proposeOrder(turn, place)
}

/** Proposes a draft that the person confirmed: to the address they were shown, whatever its name stands for by now. */
export function proposeDraft(turn: Turn, draft: Draft): Promise<Proposed> {
  return propose(turn, { ...draft, recipient: draft.recipientAddress }, `chat:draft:${draft.id}`)
}

async function propose(turn: Turn, wanted: Wanted & { purpose: string }, key: string): Promise<Proposed> {
  const { recipient, amount, asset, purpose } = wanted
  try {
    const request = { walletId: turn.wallet.id, recipient, amount, asset, purpose: purpose.slice(0, 280) }
    const { intent } = await proposeIntent(turn.actor, request, key)
    turn.answer.show('payment', { intent, fee: await feeOf(turn.wallet, intent) })
    return { intent }
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status >= 500) throw problem
    turn.answer.show('refusal', { amount, asset, recipient, code: problem.code, detail: problem.detail })
    return { problem }
  }
}
