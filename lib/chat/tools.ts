import { type ToolSet, tool } from 'ai'
import { z } from 'zod'
import { makeDraft } from '#lib/chat/actions/draft.ts'
import { proposeWanted } from '#lib/chat/actions/propose.ts'
import { paymentInQuestion, showContacts, showPayments, showWallet } from '#lib/chat/actions/read.ts'
import { simulate } from '#lib/chat/actions/simulate.ts'
import { tell } from '#lib/chat/sentences.ts'
import { standsIn } from '#lib/chat/trace.ts'
import type { Turn } from '#lib/chat/turn.ts'
import { intentStatuses } from '#lib/intents/schema.ts'
import { assetNames } from '#lib/money/assets.ts'

const none = z.object({})
const payment = z.object({
  recipient: z.string().max(100).describe('A saved contact’s name, a handle with its @, or a whole address.'),
  amount: z.string().max(40).describe('A decimal number in digits, such as "10.50".'),
  asset: z.enum(assetNames).default('USDC'),
})

const notOrdered =
  'Refused: the person did not order this payment in a line of their own. Nothing was proposed. Use draft_payment if it stands in their words or in a document, and they can confirm it.'
const notSaid =
  'Refused: this recipient and amount do not both stand in the person’s words or documents. Ask the person to say them.'
const draftsAtMost = 3

/**
 * What a model may do: read, and propose. What it says a payment should be is compared with what the person said, and the
 * person's own words are what is proposed. No tool approves, executes, or changes a guard, a contact or a key.
 */
export function toolsOf(turn: Turn): ToolSet {
  let drafts = 0
  return {
    get_balance: tool({
      description: 'Shows what this agent’s wallet holds, has promised and can spend.',
      inputSchema: none,
      execute: async () => (await showWallet(turn)).balances,
    }),
    list_payments: tool({
      description: 'Shows the newest payments of this agent.',
      inputSchema: z.object({ status: z.enum(intentStatuses).optional(), search: z.string().max(100).optional() }),
      execute: async ({ status, search }) => {
        const intents = await showPayments(turn, { ...(status ? { status } : {}), ...(search ? { search } : {}) })
        return intents.map((intent) => ({ said: tell(intent), purpose: intent.purpose, at: intent.createdAt }))
      },
    }),
    explain_payment: tool({
      description: 'Tells why the payment talked of last was refused, waits or failed, and where its money is.',
      inputSchema: none,
      execute: async () => {
        const asked = await paymentInQuestion(turn)
        return asked ? ('detail' in asked ? asked.detail : tell(asked)) : 'There are no payments yet.'
      },
    }),
    list_contacts: tool({
      description: 'Shows whom the person has saved.',
      inputSchema: none,
      execute: async () => showContacts(turn).map(({ name, address }) => ({ name, address })),
    }),
    simulate_payment: tool({
      description: 'Shows what would become of a payment now, by each guard. Nothing is held or moved.',
      inputSchema: payment,
      execute: async (wanted) => {
        const { simulation, problem } = await simulate(turn, wanted)
        return simulation ? { status: simulation.status, guards: simulation.guardResults } : { refused: problem.detail }
      },
    }),
    propose_payment: tool({
      description:
        'Proposes a payment that the person ordered in their latest line, exactly as they worded it. The guards decide; a person approves where they ask.',
      inputSchema: payment,
      execute: async (wanted) => {
        const proposed = await proposeWanted(turn, wanted)
        if (!proposed) return { refused: notOrdered }
        return proposed.intent ? { said: tell(proposed.intent) } : { refused: proposed.problem.detail }
      },
    }),
    draft_payment: tool({
      description:
        'Shows a draft of a payment that a document asks for, or that the person wished for in other words than an order. Nothing moves until the person confirms it.',
      inputSchema: payment,
      execute: async (wanted) => {
        if (!standsIn(wanted, saidIn(turn))) return { refused: notSaid }
        if (++drafts > draftsAtMost) return { refused: 'That are enough drafts for one answer.' }
        const { problem } = await makeDraft(turn, {
          ...wanted,
          purpose: 'Confirmed in a conversation',
          readBy: 'model',
        })
        return problem ? { refused: problem.detail } : { said: 'The draft is shown. The person may confirm it.' }
      },
    }),
    offer_link: tool({
      description: 'Shows a button with which the person can make a payment link into this wallet.',
      inputSchema: z.object({
        amount: z
          .string()
          .regex(/^\d{1,12}(\.\d{1,6})?$/)
          .optional(),
      }),
      execute: async ({ amount }) => {
        turn.answer.show('link', { amount: amount ?? null, walletId: turn.wallet.id })
        return 'The button is shown.'
      },
    }),
  }
}

/** What the person said and showed: now, and before in this conversation. */
function saidIn({ words, history }: Turn): string[] {
  const before = history
    .filter(({ role }) => role === 'user')
    .flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.type === 'text' ? [part.text] : part.type === 'data-document' ? [part.data.text] : [],
      ),
    )
  return [words.own, ...words.documents, ...before]
}
