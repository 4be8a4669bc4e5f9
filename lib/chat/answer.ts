import { randomUUID } from 'node:crypto'
import type { LanguageModel, UIMessageChunk } from 'ai'
import { z } from 'zod'
import { getAgent } from '#lib/agents/get.ts'
import type { Actor, PersonActor } from '#lib/auth/actor.ts'
import { requirePerson } from '#lib/auth/require-person.ts'
import { draftsOf, lastDraft } from '#lib/chat/actions/draft.ts'
import { proposeDraft } from '#lib/chat/actions/propose.ts'
import { answerByModel } from '#lib/chat/by-model.ts'
import { readMessages } from '#lib/chat/conversation.ts'
import { languageModel } from '#lib/chat/model.ts'
import { type HalfOrder, ordersOf } from '#lib/chat/orders.ts'
import { requestOf } from '#lib/chat/requests.ts'
import { answerByRules } from '#lib/chat/rules.ts'
import { AskInput, type ChatMessage, type ChatPart, type Draft } from '#lib/chat/schema.ts'
import { verdictOf } from '#lib/chat/sentences.ts'
import { streamAnswer, streamKept } from '#lib/chat/stream.ts'
import { knownIn, readContacts, type Turn } from '#lib/chat/turn.ts'
import { wordsOf } from '#lib/chat/words.ts'
import { as } from '#lib/db/as.ts'
import { parseInput } from '#lib/http/parse.ts'
import { notFound } from '#lib/http/problem.ts'

type Asked = { actor: Actor; conversationId: string; input: AskInput }

/**
 * Answers a message of a person's to their agent, as a stream. The message is kept before anything is done about it, under the
 * id that the person's side gave it: sent again after a broken line it is answered again, and what it ordered is paid once.
 * Only the person's own words, or a draft that they confirm, become a payment, whoever reads them.
 */
export async function answerMessage(
  { actor, conversationId, input }: Asked,
  model: LanguageModel | null = languageModel(),
): Promise<ReadableStream<UIMessageChunk>> {
  const person = requirePerson(actor)
  if (!z.uuid().safeParse(conversationId).success) throw notFound('conversation')
  const asked = parseInput(AskInput, input)
  const { turn, draft } = await turnOf(person, conversationId, asked)
  const stored = await ask(person, conversationId, asked)
  if (stored) return streamKept(stored)
  return streamAnswer(async (answer, kept) => {
    const answered = { ...turn, answer }
    await (draft ? confirm(answered, draft) : model ? answerByModel(answered, model) : answerByRules(answered))
    await as(person)((sql) => sql`select app.answer_in_chat(${asked.id}, ${randomUUID()}, ${sql.json(kept as never)})`)
  })
}

async function turnOf(actor: PersonActor, conversationId: string, asked: z.output<typeof AskInput>) {
  const [row] = await as(actor)(
    (sql) => sql`select c.agent_id from public.chat_conversations c where c.id = ${conversationId}`,
  )
  if (!row) throw notFound('conversation')
  const [agent, contacts, messages] = await Promise.all([
    getAgent(actor, row.agent_id),
    readContacts(actor),
    readMessages(actor, conversationId, 40),
  ])
  const wallet = agent.wallets[0]
  if (!wallet) throw notFound('wallet')
  // A message that is sent again is answered by what was said before it.
  const place = messages.findIndex(({ id }) => id === asked.id)
  const history = place < 0 ? messages : messages.slice(0, place)
  const words = wordsOf(asked)
  const known = knownIn({ agent, contacts })
  const ordered = ordersOf(words.own, known, halfBefore(history, known))
  const turn = { actor, messageId: asked.id, agent, wallet, contacts, history, words, ordered }
  return { turn, draft: draftMeant(turn, asked.confirm) }
}

/** The half of an order that the person's last message was. */
function halfBefore(history: ChatMessage[], known: Parameters<typeof ordersOf>[1]): HalfOrder | undefined {
  const last = history.findLast(({ role }) => role === 'user')
  const text = last?.parts.find((part) => part.type === 'text')?.text
  if (text === undefined || last?.parts.length !== 1) return undefined
  const ordered = ordersOf(wordsOf({ text, documents: [] }).own, known)
  return ordered.kind === 'half' ? ordered.half : undefined
}

/** The draft that is confirmed: by its id, or by a plain yes to the only one that was just shown. */
function draftMeant(
  turn: Pick<Turn, 'history' | 'words' | 'agent' | 'contacts' | 'ordered'>,
  id: string | undefined,
): Draft | undefined {
  if (id !== undefined) {
    const draft = draftsOf(turn).find((each) => each.id === id)
    if (!draft) throw notFound('draft')
    return draft
  }
  const { own, documents } = turn.words
  if (turn.ordered.kind !== 'none' || documents.length > 0 || requestOf(own, knownIn(turn)).kind !== 'confirm')
    return undefined
  return lastDraft(turn)
}

async function confirm(turn: Turn, draft: Draft): Promise<void> {
  const { intent, problem } = await proposeDraft(turn, draft)
  if (intent) turn.answer.show('confirmation', { draftId: draft.id })
  turn.answer.say(intent ? verdictOf(intent) : `Not paid. ${problem.detail}`)
}

/** Keeps the message. Gives its answer where it has one already. */
async function ask(
  actor: PersonActor,
  conversationId: string,
  asked: z.output<typeof AskInput>,
): Promise<ChatPart[] | undefined> {
  const { text, documents, confirm: draftId } = asked
  const parts: ChatPart[] = [
    ...(text.trim() ? [{ type: 'text' as const, text: text.trim() }] : []),
    ...documents.map((each) => ({ type: 'data-document' as const, data: { text: each } })),
    ...(draftId ? [{ type: 'data-confirmation' as const, data: { draftId } }] : []),
  ]
  const title = (text.trim() || documents[0] || 'A confirmed draft').split('\n')[0]?.slice(0, 60).trim() || 'A document'
  const [row] = await as(actor)(
    (sql) =>
      sql`select app.ask_in_chat(${conversationId}, ${asked.id}, ${title}, ${sql.json(parts as never)}) as answered`,
  )
  if (!row?.answered) return undefined
  const [answer] = await as(actor)(
    (sql) => sql`select m.parts from public.chat_messages m where m.answers = ${asked.id}`,
  )
  return answer?.parts
}
