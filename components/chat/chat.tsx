'use client'

import { useEffect, useMemo, useRef } from 'react'
import { FailureNotice } from '#components/account/failure-notice.tsx'
import { Composer } from '#components/chat/composer.tsx'
import { Message } from '#components/chat/message.tsx'
import { useConversation } from '#components/chat/use-conversation.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { ChatMessage, ConversationDetail, Reader } from '#lib/chat/schema.ts'

type ChatProps = {
  agent: { id: string; name: string }
  conversation: ConversationDetail | null
  reader: Reader
}

const examples = ['What is my balance?', 'Show my payments', 'Who can I pay?', 'What can you do?']

/** A conversation with an agent: what is said, what was paid, and where to say more. */
export function Chat({ agent, conversation, reader }: ChatProps) {
  const { messages, busy, failure, unanswered, say, again } = useConversation({ agentId: agent.id, conversation })
  const confirmed = useMemo(() => confirmedIn(messages), [messages])
  const end = useRef<HTMLDivElement>(null)
  const count = messages.length
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' })
  }, [count])

  return (
    <div className="flex min-h-[calc(100dvh-18rem)] min-w-0 flex-col">
      {count === 0 ? (
        <Beginning agentName={agent.name} onSay={(text) => say({ text })} />
      ) : (
        <ol aria-label={`Conversation with ${agent.name}`} className="flex flex-1 flex-col gap-6">
          {messages.map((message) => (
            <Message
              key={message.id}
              message={message}
              agentName={agent.name}
              busy={busy}
              confirmed={confirmed}
              onConfirm={(draftId) => say({ confirm: draftId })}
            />
          ))}
        </ol>
      )}
      <div className="mt-6 space-y-3">
        {busy && messages.at(-1)?.role === 'user' && (
          <p role="status" className="flex items-center gap-2 text-sm text-ink-3">
            <Spinner /> {agent.name} is reading.
          </p>
        )}
        {/* What is unclear is said below, with what to do about it. */}
        {failure && !failure.unclear && <FailureNotice failure={failure} />}
        {unanswered && (
          <Notice
            title="This was not answered"
            action={
              <Button size="sm" variant="secondary" onClick={again}>
                Send it again
              </Button>
            }
          >
            What you said is kept. Sent again, it is answered again, and what you ordered is paid once.
          </Notice>
        )}
      </div>
      <div className="sticky bottom-0 mt-4 bg-surface pt-2 pb-4">
        <Composer agentName={agent.name} busy={busy} onSay={say} />
        <p className="mt-2 text-xs text-ink-3">
          {reader.kind === 'model'
            ? `Read by the language model ${reader.name}.`
            : 'Read by fixed rules, without a language model.'}{' '}
          Only what you order in a line of your own is paid. What counts is on the cards.
        </p>
      </div>
      <div ref={end} />
    </div>
  )
}

function Beginning({ agentName, onSay }: { agentName: string; onSay: (text: string) => void }) {
  return (
    <div className="flex flex-1 flex-col justify-center py-10">
      <h2 className="text-lg">Tell {agentName} what to pay</h2>
      <p className="mt-1 max-w-120 text-ink-2">
        In one line, such as “Pay $10 to Merchant”. Your guards decide at once, and you see what each of them said.
        Paste an invoice, and you get a draft to confirm.
      </p>
      <ul className="mt-5 flex flex-wrap gap-2">
        {examples.map((example) => (
          <li key={example}>
            <Button variant="secondary" size="sm" onClick={() => onSay(example)}>
              {example}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The drafts that became payments, by what the agent answered. */
function confirmedIn(messages: ChatMessage[]): Set<string> {
  const answers = messages.filter(({ role }) => role === 'assistant')
  const ids = answers.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === 'data-confirmation' ? [part.data.draftId] : [])),
  )
  return new Set(ids)
}
