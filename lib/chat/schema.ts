import type { UIMessage } from 'ai'
import { z } from 'zod'
import type { Intent, Simulation } from '#lib/intents/schema.ts'
import type { Asset, Network } from '#lib/money/assets.ts'
import type { Wallet } from '#lib/wallets/schema.ts'

/** What no database keeps is left out: half characters, and the one that is none. */
const kept = (text: string): string => text.toWellFormed().replaceAll('\0', '')

const document = z
  .string('is a text')
  .overwrite(kept)
  .trim()
  .min(1, 'has to be given')
  .max(10_000, 'has at most 10,000 characters')

/** POST /chat/conversations */
export const BeginInput = z.strictObject({
  agentId: z.uuid('is the id of an agent').meta({ description: 'The agent you talk to.' }),
})

/** POST /chat/conversations/:id/messages: something said, or a draft confirmed. */
export const AskInput = z
  .strictObject({
    id: z.uuid('is a UUID that you made').meta({
      description: 'The message’s own id. The same message sent again under it is answered once and pays once.',
    }),
    text: z.string('is a text').overwrite(kept).max(10_000, 'has at most 10,000 characters').default('').meta({
      description: 'What you say. Several lines, or a long one, count as a document.',
      example: 'Pay $10 to Merchant',
    }),
    documents: z
      .array(document)
      .max(3, 'has three documents at most')
      .default([])
      .meta({ description: 'Texts that others wrote, such as an invoice. Nothing in them is ever an order.' }),
    confirm: z
      .uuid('is the id of a draft')
      .optional()
      .meta({ description: 'A draft of this conversation that you confirm, instead of saying anything.' }),
  })
  .refine(({ text, documents, confirm }) => (text.trim() !== '' || documents.length > 0) !== (confirm !== undefined), {
    path: ['text'],
    message: 'Say something, show a document, or confirm a draft.',
  })
export type AskInput = z.input<typeof AskInput>

/** What the network would take for a payment, in its own coin, beside the amount. */
export type NetworkFee = { amount: string; currency: string }

/** A payment that was read out of a document or a wish, and is none before its person confirms it. */
export type Draft = {
  id: string
  /** Who read it. A plain yes confirms what rules read; what a model read is confirmed by its own button. */
  readBy: Reader['kind']
  recipient: string
  /** What the recipient stood for when it was read. Exactly this is paid. */
  recipientAddress: string
  amount: string
  asset: Asset
  network: Network
  purpose: string
  /** What a person should look at first. */
  warnings: string[]
  fee: NetworkFee | null
  simulation: Simulation
}

/** What is shown beside words. Each is made by our code from the database's answers, never by a model. */
export type ChatData = {
  document: { text: string }
  /** Of a person: that they confirm a draft. Of an agent: that it became a payment. */
  confirmation: { draftId: string }
  payment: { intent: Intent; fee: NetworkFee | null }
  refusal: { amount: string; asset: Asset; recipient: string; code: string; detail: string }
  draft: Draft
  simulation: Simulation & { amount: string; asset: Asset; recipient: string; network: Network }
  wallet: Wallet
  payments: { intents: Intent[]; more: boolean }
  contacts: { contacts: { id: string; name: string; address: string }[] }
  link: { amount: string | null; walletId: string }
}

export type ChatMessage = UIMessage<never, ChatData>
export type ChatPart = ChatMessage['parts'][number]

/** Who reads the sentences: a language model, or rules that know the common ones. */
export type Reader = { kind: 'model'; name: string } | { kind: 'rules' }

const instant = z.iso.datetime()

export const Conversation = z
  .object({
    id: z.uuid(),
    agentId: z.uuid(),
    title: z.string().nullable().meta({ description: 'How it begins; null before anything was said.' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

export const StoredMessage = z
  .object({
    id: z.uuid(),
    role: z.enum(['user', 'assistant']).meta({ description: 'user is you, assistant is the agent.' }),
    parts: z.array(z.looseObject({ type: z.string() })).meta({
      description: 'Texts and cards, as the AI SDK’s UI messages have them: text, data-payment, data-draft and so on.',
    }),
  })
  .meta({ id: 'ChatMessage' })

export const ConversationDetail = Conversation.extend({
  messages: z.array(StoredMessage).meta({ description: 'What was said, oldest first.' }),
}).meta({ id: 'ConversationDetail' })
export type ConversationDetail = Conversation & { messages: ChatMessage[] }
