'use client'

import { FileText } from 'lucide-react'
import { DraftCard } from '#components/chat/cards/draft-card.tsx'
import { LinkCard } from '#components/chat/cards/link-card.tsx'
import { PaymentCard } from '#components/chat/cards/payment-card.tsx'
import {
  ContactsCard,
  PaymentsCard,
  RefusalCard,
  SimulationCard,
  WalletCard,
} from '#components/chat/cards/small-cards.tsx'
import type { ChatMessage, ChatPart } from '#lib/chat/schema.ts'

type MessageProps = {
  message: ChatMessage
  agentName: string
  busy: boolean
  /** Drafts that the person confirmed by now. */
  confirmed: ReadonlySet<string>
  onConfirm: (draftId: string) => void
}

/** What somebody said: the person to the right, the agent to the left, and what is fact as cards. */
export function Message({ message, agentName, ...rest }: MessageProps) {
  const own = message.role === 'user'
  return (
    <li className={own ? 'flex flex-col items-end gap-2' : 'flex flex-col items-start gap-3'}>
      <span className="sr-only">{own ? 'You said:' : `${agentName} answered:`}</span>
      {message.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end.
        <Part key={index} part={part} own={own} {...rest} />
      ))}
    </li>
  )
}

type PartProps = Omit<MessageProps, 'message' | 'agentName'> & { part: ChatPart; own: boolean }

function Part({ part, own, busy, confirmed, onConfirm }: PartProps) {
  switch (part.type) {
    // Words are shown as they are: no markup, no links, no pictures, whoever wrote them.
    case 'text':
      return own ? (
        <p className="max-w-[85%] rounded-md bg-tide-soft px-3.5 py-2.5 break-words whitespace-pre-wrap">{part.text}</p>
      ) : (
        <p className="max-w-[92%] break-words whitespace-pre-wrap">{part.text}</p>
      )
    case 'data-document':
      return <Document text={part.data.text} />
    case 'data-confirmation':
      return own ? <p className="rounded-md bg-tide-soft px-3.5 py-2.5">Pay the draft above.</p> : null
    case 'data-payment':
      return <PaymentCard data={part.data} />
    case 'data-draft':
      return (
        <DraftCard
          draft={part.data}
          confirmed={confirmed.has(part.data.id)}
          busy={busy}
          onConfirm={() => onConfirm(part.data.id)}
        />
      )
    case 'data-refusal':
      return <RefusalCard data={part.data} />
    case 'data-simulation':
      return <SimulationCard data={part.data} />
    case 'data-wallet':
      return <WalletCard data={part.data} />
    case 'data-payments':
      return <PaymentsCard data={part.data} />
    case 'data-contacts':
      return <ContactsCard data={part.data} />
    case 'data-link':
      return <LinkCard data={part.data} />
    default:
      return null
  }
}

function Document({ text }: { text: string }) {
  return (
    <details className="w-full max-w-[85%] rounded-md border border-line bg-sunk px-3.5 py-2.5 text-sm">
      <summary className="cursor-pointer rounded-sm">
        <FileText aria-hidden="true" className="mr-1.5 inline size-4 text-ink-3" />
        Document, {text.length.toLocaleString()} characters
      </summary>
      <p className="mt-2 max-h-60 overflow-y-auto font-mono text-xs break-words whitespace-pre-wrap text-ink-2">
        {text}
      </p>
    </details>
  )
}
