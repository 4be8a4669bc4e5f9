import { ArrowLeft } from 'lucide-react'
import type { Metadata, Route } from 'next'
import Link from 'next/link'
import { requirePerson } from '#app/(account)/require-person.ts'
import { orNotFound } from '#app/or-not-found.ts'
import { AccountPage } from '#components/account/account-page.tsx'
import { Chat } from '#components/chat/chat.tsx'
import { ConversationList } from '#components/chat/conversation-list.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { getAgent } from '#lib/agents/get.ts'
import type { PersonActor } from '#lib/auth/actor.ts'
import { getConversation } from '#lib/chat/get.ts'
import { listConversations } from '#lib/chat/list.ts'
import { reader } from '#lib/chat/model.ts'
import type { Conversation, ConversationDetail } from '#lib/chat/schema.ts'

type ChatPageProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'Chat', referrer: 'same-origin', robots: { index: false } }

export default async function ChatPage({ params, searchParams }: ChatPageProps) {
  const { id } = await params
  const { conversation: wanted } = await searchParams
  const actor = await requirePerson(`/agents/${id}/chat`)
  const agent = await orNotFound(getAgent(actor, id))
  const { conversations } = await listConversations(actor, { agentId: id, limit: 30 })
  const conversation = await chosen(actor, wanted, conversations)
  return (
    <AccountPage
      above={
        <Link
          href={`/agents/${id}` as Route}
          className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 underline-offset-4 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" className="size-4" /> <span className="max-w-60 truncate">{agent.name}</span>
        </Link>
      }
      title={<span className="break-words">Chat with {agent.name}</span>}
    >
      {agent.frozenAt && (
        <Notice
          tone="attention"
          title={`${agent.name} is frozen: nothing moves`}
          className="mb-6"
          action={
            <LinkButton href={`/agents/${id}` as Route} variant="secondary" size="sm">
              Go to {agent.name}
            </LinkButton>
          }
        >
          It can still answer. Payments are refused until you let it pay again.
        </Notice>
      )}
      <div className="grid items-start gap-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <div className="lg:sticky lg:top-6 max-lg:hidden">
          <ConversationList agentId={id} conversations={conversations} current={conversation?.id ?? null} />
        </div>
        <div className="mx-auto w-full max-w-180 min-w-0">
          <details className="mb-5 lg:hidden">
            <summary className="cursor-pointer rounded-sm text-sm text-ink-2">
              Conversations ({conversations.length})
            </summary>
            <div className="pt-3">
              <ConversationList agentId={id} conversations={conversations} current={conversation?.id ?? null} />
            </div>
          </details>
          <Chat
            key={conversation?.id ?? 'new'}
            agent={{ id, name: agent.name }}
            conversation={conversation}
            reader={reader()}
          />
        </div>
      </div>
    </AccountPage>
  )
}

/** The conversation that is asked for, the last one when none is, and none when that is gone or a new one is wanted. */
async function chosen(
  actor: PersonActor,
  wanted: string | string[] | undefined,
  conversations: Conversation[],
): Promise<ConversationDetail | null> {
  if (wanted === 'new') return null
  const id = conversations.find((each) => each.id === wanted)?.id ?? conversations[0]?.id
  return id === undefined ? null : await getConversation(actor, id)
}
