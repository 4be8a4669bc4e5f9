'use client'

import { ArrowUp, FileText, X } from 'lucide-react'
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'

type ComposerProps = {
  agentName: string
  busy: boolean
  onSay: (said: { text: string; documents: string[] }) => void
}

const documentsAtMost = 3
const charactersAtMost = 10_000

/** Where a person types. What they paste of several lines is shown as a document, which is how it is read. */
export function Composer({ agentName, busy, onSay }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  const [text, setText] = useState('')
  const [documents, setDocuments] = useState<string[]>([])
  const empty = text.trim() === '' && documents.length === 0

  function send(event?: FormEvent) {
    event?.preventDefault()
    if (empty || busy) return
    onSay({ text: text.trim(), documents })
    setText('')
    setDocuments([])
    field.current?.focus()
  }

  function press(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event)
  }

  function paste(event: ClipboardEvent) {
    const pasted = event.clipboardData.getData('text').trim()
    const isDocument = /[\r\n]/.test(pasted) || pasted.length > 120
    if (!isDocument || documents.length >= documentsAtMost) return
    event.preventDefault()
    setDocuments([...documents, pasted.slice(0, charactersAtMost)])
  }

  return (
    <form onSubmit={send} className="rounded-md border border-edge bg-raised shadow-card focus-within:border-tide">
      {documents.length > 0 && (
        <ul className="flex flex-wrap gap-2 px-3 pt-3">
          {documents.map((document, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same text may be pasted twice.
            <li key={index} className="flex max-w-full items-center gap-1.5 rounded-sm bg-sunk py-1 pr-1 pl-2 text-sm">
              <FileText aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
              <span className="truncate">{document.split('\n')[0]}</span>
              <button
                type="button"
                aria-label={`Remove document ${index + 1}`}
                onClick={() => setDocuments(documents.toSpliced(index, 1))}
                className="grid size-6 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"
              >
                <X aria-hidden="true" className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex items-end gap-2 p-2">
        <textarea
          ref={field}
          value={text}
          rows={1}
          maxLength={charactersAtMost}
          aria-label={`Message to ${agentName}`}
          aria-describedby={hint}
          placeholder="Pay $10 to Merchant"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
          onPaste={paste}
          className="field-sizing-content max-h-40 min-h-10 flex-1 resize-none rounded-sm bg-transparent px-2 py-2 text-base text-ink outline-none placeholder:text-ink-3"
        />
        <Button type="submit" size="sm" aria-label="Send" busy={busy} disabled={empty} className={cx('size-10 px-0')}>
          {!busy && <ArrowUp aria-hidden="true" className="size-4.5" />}
        </Button>
      </div>
      <p id={hint} className="sr-only">
        Enter sends. What you paste of several lines is read as a document, and never as an order.
      </p>
    </form>
  )
}
