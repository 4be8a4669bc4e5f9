'use client'

import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { useCallback, useRef, useState } from 'react'
import { ApiFailure, call, failureFrom } from '#components/onramp/api.ts'
import type { AskInput, ChatMessage, ChatPart, ConversationDetail } from '#lib/chat/schema.ts'

type Said = { text?: string; documents?: string[]; confirm?: string }

type Options = {
  agentId: string
  /** What was said already; null where nothing was. */
  conversation: ConversationDetail | null
}

/** A conversation with an agent. What a person says keeps its id, so that sending it again after a broken line is safe. */
export function useConversation({ agentId, conversation }: Options) {
  const id = useRef(conversation?.id)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const [transport] = useState(
    () =>
      new DefaultChatTransport<ChatMessage>({
        prepareSendMessagesRequest: async ({ messages }) => ({
          api: `/api/v1/chat/conversations/${await begun(id, agentId)}/messages`,
          body: askedBy(messages.findLast(({ role }) => role === 'user')),
        }),
        // A refusal is a problem with words of its own, and no stream.
        fetch: async (input, init) => {
          const response = await fetch(input, init)
          if (!response.ok) throw await failureFrom(response)
          return response
        },
      }),
  )
  const chat = useChat<ChatMessage>({
    messages: conversation?.messages ?? [],
    transport,
    generateId: () => crypto.randomUUID(),
    onError: (error) => setFailure(error instanceof ApiFailure ? error : brokenOff()),
  })
  const { sendMessage, regenerate } = chat
  const busy = chat.status === 'submitted' || chat.status === 'streaming'

  const say = useCallback(
    (said: Said) => {
      setFailure(null)
      void sendMessage({ role: 'user', parts: partsOf(said) })
    },
    [sendMessage],
  )
  const again = useCallback(() => {
    setFailure(null)
    void regenerate()
  }, [regenerate])

  const unanswered = !busy && chat.messages.at(-1)?.role === 'user'
  return { messages: chat.messages, busy, failure, unanswered, say, again }
}

function brokenOff(): ApiFailure {
  return new ApiFailure({
    status: 0,
    code: 'answer_broken_off',
    title: 'The answer broke off',
    detail: 'What you said is kept. Send it again: it is answered again, and paid once.',
  })
}

async function begun(id: { current: string | undefined }, agentId: string): Promise<string> {
  if (id.current !== undefined) return id.current
  const { body } = await call<ConversationDetail>('/api/v1/chat/conversations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId }),
  })
  id.current = body.id
  // Coming back to this page comes back to this conversation.
  window.history.replaceState(null, '', `?conversation=${body.id}`)
  return body.id
}

function partsOf({ text, documents = [], confirm }: Said): ChatPart[] {
  return [
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...documents.map((each) => ({ type: 'data-document' as const, data: { text: each } })),
    ...(confirm ? [{ type: 'data-confirmation' as const, data: { draftId: confirm } }] : []),
  ]
}

function askedBy(message: ChatMessage | undefined): AskInput {
  const parts = message?.parts ?? []
  const confirmation = parts.find((part) => part.type === 'data-confirmation')
  return {
    id: message?.id ?? '',
    text: parts.find((part) => part.type === 'text')?.text ?? '',
    documents: parts.flatMap((part) => (part.type === 'data-document' ? [part.data.text] : [])),
    ...(confirmation ? { confirm: confirmation.data.draftId } : {}),
  }
}
