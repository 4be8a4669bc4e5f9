'use client'

import { Plus, Trash2 } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useState } from 'react'
import { Confirm } from '#components/account/confirm.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { Conversation } from '#lib/chat/schema.ts'

type ConversationListProps = { agentId: string; conversations: Conversation[]; current: string | null }

/** Earlier conversations with an agent: to go on with, or to forget. */
export function ConversationList({ agentId, conversations, current }: ConversationListProps) {
  const [leaving, setLeaving] = useState<Conversation | null>(null)
  const path = `/agents/${agentId}/chat`
  return (
    <nav aria-label="Conversations">
      <LinkButton
        href={`${path}?conversation=new` as Route}
        variant="secondary"
        size="sm"
        prefetch={false}
        className="w-full"
      >
        <Plus aria-hidden="true" className="size-4" /> New conversation
      </LinkButton>
      <ul className="mt-3 space-y-0.5">
        {conversations.map((conversation) => (
          <li key={conversation.id} className="group flex items-center gap-1">
            <Link
              href={`${path}?conversation=${conversation.id}` as Route}
              prefetch={false}
              aria-current={conversation.id === current ? 'page' : undefined}
              className="min-w-0 flex-1 rounded-sm px-2.5 py-2 text-sm hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-medium"
            >
              <span className="block truncate">{conversation.title}</span>
              <RelativeTime at={conversation.updatedAt} className="text-xs text-ink-3" />
            </Link>
            <button
              type="button"
              aria-label={`Delete “${conversation.title}”`}
              onClick={() => setLeaving(conversation)}
              className="grid size-9 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-sunk hover:text-ink"
            >
              <Trash2 aria-hidden="true" className="size-4" />
            </button>
          </li>
        ))}
      </ul>
      {leaving && (
        <Confirm
          open
          onClose={() => setLeaving(null)}
          title="Delete this conversation?"
          description="What was said is forgotten. Payments that you ordered in it stay as they are."
          confirm="Delete it"
          danger
          request={{ method: 'DELETE', path: `/api/v1/chat/conversations/${leaving.id}` }}
        />
      )}
    </nav>
  )
}
